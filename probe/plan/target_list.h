// SPDX-License-Identifier: Apache-2.0
// Reads a list of target names: one a line, '#' starts a comment.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "probe/plan/target_name.h"
#include "proto/dns/name.h"

namespace taster::plan {

struct BadLine {
  std::size_t line = 0;  // Counted from 1.
  BadName why = BadName::kNone;
};

struct TargetList {
  std::vector<dns::Name> names;  // Lower case, in order, each once.
  std::vector<BadLine> bad;      // Left out; at most 1 % of the entries.
  std::size_t duplicates = 0;    // Entries folded into an earlier one.
};

// DataLoss when the list is not to be used at all: over 1 MiB or 20,000
// entries, NUL bytes, no name, or more than 1 % bad entries (the message has
// the first line numbers).
absl::StatusOr<TargetList> ReadTargetList(std::string_view text);

}  // namespace taster::plan
