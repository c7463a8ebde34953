// SPDX-License-Identifier: Apache-2.0
// How many queries of the day's cap are left, across restarts.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>

#include "absl/status/status.h"

namespace taster::cli {

// Takes `queries` out of the `per_day` of `today` (UTC) and makes that durable
// before anything is sent; a round that is cut short has still taken them.
// ResourceExhausted when not so many are left; FailedPrecondition when the
// file in `state_dir` cannot be trusted. `per_day` 0: no cap.
absl::Status TakeAllowance(const std::filesystem::path& state_dir,
                           std::chrono::sys_days today, std::uint64_t queries,
                           std::uint64_t per_day);

}  // namespace taster::cli
