// SPDX-License-Identifier: Apache-2.0
// Whole days of stored evidence, set by set, without holding a day in memory.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "collector/store/evidence_reader.h"
#include "collector/store/judged_batch.h"

namespace taster::store {

// Ids of the rules that fired on one reply, sorted, with a space between.
struct FiredRules {
  std::uint32_t ordinal = 0;
  std::uint32_t reply = 0;  // From 1, as in table response.
  std::string rules;        // Never empty.
  friend bool operator==(const FiredRules&, const FiredRules&) = default;
};

// A set of probes' evidence with the verdict that stands beside it.
struct EvidenceSet {
  StoredSet stored;
  judge::Class verdict = judge::Class::kInsufficient;
  judge::Mechanism mechanism = judge::Mechanism::kNone;
  std::string injector;
  std::vector<FiredRules> fired;  // Where it was asked for; in key order.
};

struct EvidenceQuery {
  std::chrono::sys_days day;  // Of the batch.
  std::string qname{};        // Only sets of this target; empty: all.
  // Only batches that arrived then or later.
  std::optional<Time> received_since = std::nullopt;
  bool with_fired = false;
};

// As taster_judge. Days that hold batches, in order, both ends included; with
// `received_since` only days of batches that arrived then or later.
absl::StatusOr<std::vector<std::chrono::sys_days>> EvidenceDays(
    const std::string& connection, std::chrono::sys_days since,
    std::chrono::sys_days until, std::optional<Time> received_since);

// As taster_judge. Calls `take` for each set of the day in the order of keys,
// in one pass over one moment's rows; memory holds one set. ICMP errors and
// redactions are not read; `measurements` as in StoredSet. What `take` returns
// other than OK ends it and is returned.
absl::Status StreamEvidence(
    const std::string& connection, const EvidenceQuery& query,
    const std::function<absl::Status(EvidenceSet&&)>& take);

}  // namespace taster::store
