// SPDX-License-Identifier: Apache-2.0
// Stored evidence, read back as it was before it was judged.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "collector/store/batch_rows.h"
#include "collector/store/judged_batch.h"

namespace taster::store {

struct SetKey {
  BatchKey batch;
  std::uint32_t set = 0;
  friend auto operator<=>(const SetKey&, const SetKey&) = default;
};

// An open set by name alone.
struct OpenSet {
  SetKey key;
  std::string qname;  // The target's.
};

// A set with what its judge needs, in the order of ordinals. In each row
// `asked` has everything but what DissectQuery and Dissect read out of the
// bytes: query_id, flags, OPT, letter case, and of the replies all but source,
// arrival_offset and the IP header's facts. ICMP errors and redactions are not
// loaded.
struct StoredSet {
  SetKey key;
  std::string qname;
  judge::Network network{};  // Of the vantage point; empty: not enrolled.
  std::vector<MeasurementRow> measurements;
};

// The network that a vantage point was enrolled for.
judge::Network NetworkOf(std::string country, std::uint32_t asn);

// Which open sets to look at: `limit` of them behind `after`, in key order.
struct OpenSetQuery {
  // Targets' names, Name::ToText(); nullopt: all.
  std::optional<std::vector<std::string>> qnames = std::nullopt;
  std::optional<SetKey> after = std::nullopt;
  std::size_t limit = 500;
  // Also sets that are not open, of batch days from then on.
  std::optional<std::chrono::sys_days> closed_since = std::nullopt;
};

// As taster_judge. Fewer than `limit` results are the last.
absl::StatusOr<std::vector<OpenSet>> FindOpenSets(const std::string& connection,
                                                  const OpenSetQuery& query);

// As taster_judge. The sets in the order of `sets`; empty `measurements` where
// the evidence is gone.
absl::StatusOr<std::vector<StoredSet>> LoadSets(
    const std::string& connection, const std::vector<OpenSet>& sets);

// FindOpenSets and LoadSets in one.
absl::StatusOr<std::vector<StoredSet>> LoadOpenSets(
    const std::string& connection, const OpenSetQuery& query);

}  // namespace taster::store
