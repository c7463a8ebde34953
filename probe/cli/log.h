// SPDX-License-Identifier: Apache-2.0
// What the probe tells while it runs: one line an event, on stderr. No name
// and no address at this level; a log must not tell what a volunteer asked.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace taster::cli {

// Event names are what monitoring greps for: never renamed.
namespace event {
inline constexpr std::string_view kRoundBegun = "round_begun";
inline constexpr std::string_view kRoundDone = "round_done";
inline constexpr std::string_view kRoundSkipped = "round_skipped";
inline constexpr std::string_view kBatchDelivered = "batch_delivered";
inline constexpr std::string_view kBatchQuarantined = "batch_quarantined";
inline constexpr std::string_view kMeasurementsRefused = "measurements_refused";
inline constexpr std::string_view kSendFailed = "send_failed";
inline constexpr std::string_view kSpoolFull = "spool_full";
inline constexpr std::string_view kSpoolFailed = "spool_failed";
inline constexpr std::string_view kSummary = "summary";
inline constexpr std::string_view kTasksLeased = "tasks_leased";
inline constexpr std::string_view kTasksFailed = "tasks_failed";
inline constexpr std::string_view kTaskRefused = "task_refused";
inline constexpr std::string_view kTasksDone = "tasks_done";
inline constexpr std::string_view kStopping = "stopping";
}  // namespace event

// Lines go to stderr: "time=... level=info event=round_done recorded=12".
void StartLog(bool quiet);

class LogLine {
 public:
  explicit LogLine(std::string_view event);
  LogLine& Add(std::string_view key, std::uint64_t value);
  // `value` is a word of this program's, such as a status code's name.
  LogLine& Add(std::string_view key, std::string_view value);
  void Info() const;
  void Warning() const;

 private:
  std::string text_;
};

}  // namespace taster::cli
