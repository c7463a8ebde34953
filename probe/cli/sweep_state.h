// SPDX-License-Identifier: Apache-2.0
// Where a sweep stands, so that it can go on after it was stopped.
#pragma once

#include <filesystem>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "probe/cli/sweep_counts.h"

namespace taster::cli {

struct SweepState {
  // What is asked of whom, in words: a state serves no other sweep.
  std::string question;
  // NameSource::first_mark and total_bytes of the list.
  std::uint64_t first_mark = 0;
  std::uint64_t list_bytes = 0;
  // `counts.entries` of the list are over: asked, and recorded if they drew a
  // reply.
  SweepCounts counts;
};

// Durable when it returns OK; a stop in between leaves the state of before.
absl::Status SaveSweepState(const std::filesystem::path& path,
                            const SweepState& state);

// NotFound when there is none. DataLoss when it is no state of a sweep.
absl::StatusOr<SweepState> LoadSweepState(const std::filesystem::path& path);

}  // namespace taster::cli
