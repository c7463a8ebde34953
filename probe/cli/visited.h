// SPDX-License-Identifier: Apache-2.0
// Whom an operator's control probe visited lately, for its next start.
#pragma once

#include <chrono>
#include <filesystem>

#include "absl/status/status.h"
#include "probe/plan/check_ledger.h"

namespace taster::cli {

// Both clocks, read together.
struct Clocks {
  plan::Instant steady;
  std::chrono::sys_seconds wall;

  static Clocks Now();
};

// The file `visited` of the state directory: a line "SECONDS ADDRESS" for each,
// seconds since 1970. Of profile control alone: on a volunteer's disk nothing
// may tell what was measured.
absl::Status SaveVisited(const std::filesystem::path& state_dir,
                         const plan::CheckLedger& ledger, const Clocks& now);

// Into an empty ledger. What lies in the future, as when the clock was set
// back, counts as visited now. OK when there is no file; FailedPrecondition
// when it is damaged.
absl::Status LoadVisited(const std::filesystem::path& state_dir,
                         const Clocks& now, plan::CheckLedger* ledger);

}  // namespace taster::cli
