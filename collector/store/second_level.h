// SPDX-License-Identifier: Apache-2.0
// Has the database make what is published, from first level and evidence.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace taster::store {

// One thing that was done.
struct RollUpStep {
  std::string step;  // "roll_up", "sum_up" or "detect_events"
  std::optional<std::chrono::sys_days> day;  // Of roll_up.
  std::int64_t changed = 0;                  // Rows.
  std::chrono::microseconds took{0};
};

// Keeps one session, whose temporary tables are used again and again; a new
// one after an error. Not thread-safe.
class SecondLevel {
 public:
  // `connection`: as taster_judge. Connects at first use.
  explicit SecondLevel(std::string connection);
  ~SecondLevel();
  SecondLevel(const SecondLevel&) = delete;
  SecondLevel& operator=(const SecondLevel&) = delete;

  // Rolls up at most so many of the days that are due, the newest first; sums
  // up and looks for events when that is due. Nothing when nothing is, or
  // while another collector is at it.
  absl::StatusOr<std::vector<RollUpStep>> DoDue(int most_days);
  // Sums up now, and looks for events from `since` on.
  absl::StatusOr<std::vector<RollUpStep>> SumUp(std::chrono::sys_days since);
  // How many distinct probes must stand behind whatever is published; days
  // that were rolled up by another number become due. REQUIRES: floor > 0.
  absl::Status SetFloor(int floor);

 private:
  struct Session;
  Session& session();  // Throws where it cannot connect.

  const std::string connection_;
  std::unique_ptr<Session> session_;
};

}  // namespace taster::store
