// SPDX-License-Identifier: Apache-2.0
// "day queries" in a state file.
#include "probe/cli/allowance.h"

#include <cinttypes>
#include <cstdio>
#include <string>

#include "probe/consent/state_file.h"

namespace taster::cli {
namespace {

constexpr std::size_t kMaxBytes = 64;

}  // namespace

absl::Status TakeAllowance(const std::filesystem::path& state_dir,
                           std::chrono::sys_days today, std::uint64_t queries,
                           std::uint64_t per_day) {
  if (per_day == 0) return absl::OkStatus();
  const auto path = state_dir / "allowance";
  const auto text = consent::ReadStateFile(path, kMaxBytes);
  if (!text.ok() && !absl::IsNotFound(text.status())) return text.status();
  std::int64_t day = 0;
  std::uint64_t taken = 0;
  if (text.ok() && std::sscanf(text->c_str(), "%10" SCNd64 " %12" SCNu64, &day,
                               &taken) != 2) {
    return absl::FailedPreconditionError(path.string() + " is damaged");
  }
  const std::int64_t now = today.time_since_epoch().count();
  // A clock that was set back gives nothing back.
  if (day < now) taken = 0;
  if (queries > per_day || taken > per_day - queries) {
    return absl::ResourceExhaustedError(
        "today's " + std::to_string(per_day) +
        " queries do not suffice: " + std::to_string(taken) +
        " were asked, the round has " + std::to_string(queries));
  }
  return consent::WriteStateFile(path,
                                 std::to_string(std::max(day, now)) + " " +
                                     std::to_string(taken + queries) + "\n");
}

}  // namespace taster::cli
