// SPDX-License-Identifier: Apache-2.0
// Fetches tasks in the background while measuring goes on.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "probe/uplink/backoff.h"
#include "probe/uplink/task_source.h"

namespace taster::uplink {

struct FetchingOptions {
  std::uint32_t max_tasks = 1;
  std::chrono::milliseconds wait{10'000};
  BackoffLimits backoff{};
  // Told of every failure and of every lease with tasks, from the thread
  // itself; may be empty.
  std::function<void(const absl::StatusOr<v1::Lease>&)> on_lease = {};
};

// Owns one thread. Fetches again as soon as all tasks were taken; after a
// failure with backoff, since controls that lost the collector together must
// not come back together.
class FetchingThread {
 public:
  // `source` must outlive the thread and is used by it alone.
  FetchingThread(TaskSource* source, FetchingOptions options);
  // Cancels the call under way.
  ~FetchingThread();
  FetchingThread(const FetchingThread&) = delete;
  FetchingThread& operator=(const FetchingThread&) = delete;

  // A task whose lease has not ended; each once. nullopt: there is none now.
  std::optional<v1::Task> Next();
  bool HasTasks() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Leased {
    v1::Task task;
    Clock::time_point until;
  };

  void Loop();
  // False when the thread is to end.
  bool AwaitRoom();
  bool Rest(std::chrono::milliseconds time);
  void Add(const v1::Lease& lease);

  TaskSource* source_;
  const FetchingOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Leased> tasks_;
  bool stop_ = false;
  std::thread thread_;  // Last: it starts with everything above in place.
};

}  // namespace taster::uplink
