// SPDX-License-Identifier: Apache-2.0
// The changes of a sqitch project: as its plan file lists them, and as a
// database's registry remembers them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace taster::store {

// Name and planning time together are a change's identity: a change that was
// reworked keeps its name.
struct PlannedChange {
  std::string name;
  std::string plan_time;  // "2026-11-22T00:00:00Z"

  friend auto operator<=>(const PlannedChange&, const PlannedChange&) = default;
};

struct Plan {
  std::string project;
  std::vector<PlannedChange> changes;  // In order of deployment.
};

// InvalidArgument with the line that is not understood.
absl::StatusOr<Plan> ParsePlan(std::string_view text);
// `schema_dir`/sqitch.plan. FailedPrecondition when it cannot be read.
absl::StatusOr<Plan> ReadPlan(const std::filesystem::path& schema_dir);

// Changes of `project` in the registry, in no order; empty when there is no
// registry. Unavailable when the database does not answer.
absl::StatusOr<std::vector<PlannedChange>> ReadRegistry(
    const std::string& connection, const std::string& project);

}  // namespace taster::store
