// SPDX-License-Identifier: Apache-2.0
// The id under which a ruleset stands beside its verdicts.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "collector/store/session.h"

namespace taster::store {

// As taster_ingest or taster_judge: the id of `version`, given at first use. In
// a transaction of its own, unless one is open.
absl::StatusOr<std::int64_t> RulesetId(const std::string& version,
                                       Session* session);

}  // namespace taster::store
