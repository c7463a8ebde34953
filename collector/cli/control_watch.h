// SPDX-License-Identifier: Apache-2.0
// Watches over the controls while the collector serves: who cannot be believed
// teaches the book nothing.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "collector/control/control_book.h"
#include "collector/control/health.h"
#include "collector/control/rejudger.h"
#include "collector/ingest/task_desk.h"

namespace taster::cli {

// What it moves when a control is found lying, or well again; all of it
// outlives the watch.
struct WatchEdges {
  std::string connection;  // As taster_ingest.
  control::ControlBook* book = nullptr;
  control::Rejudger* rejudger = nullptr;
  ingest::TaskDesk* desk = nullptr;
};

// Owns one thread: it assesses the controls a second after something came, and
// every minute, and stores what it finds. When somebody's vote is taken or
// given back, the book is made again from what is believed, and every name that
// changed is judged again. What fails is logged and tried again.
class ControlWatch {
 public:
  ControlWatch(WatchEdges edges, control::Canaries canaries);
  ~ControlWatch();
  ControlWatch(const ControlWatch&) = delete;
  ControlWatch& operator=(const ControlWatch&) = delete;

  // How controls were when the last collector ended. Before anything else.
  absl::Status Restore();

  // A control's batch was stored: `rows` teach the book if it has a vote.
  void Stored(std::int64_t control,
              const std::vector<control::ControlAnswer>& answers,
              const std::vector<store::ControlRow>& rows);
  // It was given names to ask for.
  void Leased(std::int64_t control);

 private:
  using Clock = std::chrono::steady_clock;
  using Assessed = std::map<std::int64_t, control::ControlHealth>;

  void Run();
  absl::Status Round();
  // Who lies now; changes of state go to the log.
  std::set<std::int64_t> Note(const Assessed& assessed);
  absl::Status Rebuild();

  const WatchEdges edges_;
  std::mutex mutex_;
  std::condition_variable wake_;
  control::Health health_;             // Guarded by mutex_, as all below.
  Assessed assessed_;                  // As last found.
  std::set<std::int64_t> distrusted_;  // By the book as it is.
  // What came while the book is being made again.
  std::vector<store::ControlRow> meanwhile_;
  bool rebuilding_ = false;
  bool changed_ = false;  // Some state, since it was recorded.
  Clock::time_point recorded_{};
  bool news_ = false;
  bool stopping_ = false;
  std::thread thread_;  // Last: it uses everything above.
};

}  // namespace taster::cli
