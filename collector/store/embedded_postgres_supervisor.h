// SPDX-License-Identifier: Apache-2.0
// Keeps the embedded server running.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "absl/status/status.h"
#include "collector/store/embedded_postgres_layout.h"

namespace taster::store {

// Owns the thread that is the server's parent: starts it, waits for its death
// and starts it again until destroyed. REQUIRES: the state directory is locked
// as long as this lives.
class PostgresSupervisor {
 public:
  explicit PostgresSupervisor(EmbeddedLayout layout);
  // Fast shutdown, after a minute an immediate one; waits for it.
  ~PostgresSupervisor();

  PostgresSupervisor(const PostgresSupervisor&) = delete;
  PostgresSupervisor& operator=(const PostgresSupervisor&) = delete;

  // What became of the first start; when not OK, there is no further one.
  absl::Status first_start() { return first_start_; }
  int restarts() const { return restarts_; }

 private:
  void Supervise();
  // Starts one server and waits until it answers.
  absl::Status Start();
  // Waits for the server's end.
  void Reap();
  void Signal(int signal);

  const EmbeddedLayout layout_;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> restarts_ = 0;
  absl::Status first_start_;

  std::mutex mutex_;
  std::condition_variable changed_;
  pid_t server_ = 0;  // 0: none is running.

  std::thread thread_;  // Last: uses everything above.
};

}  // namespace taster::store
