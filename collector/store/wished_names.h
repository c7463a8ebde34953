// SPDX-License-Identifier: Apache-2.0
// Which names volunteers have measured lately, and whose sets are still open.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "collector/store/judged_batch.h"

namespace taster::store {

// A name in one vantage point's sets.
struct WishedName {
  std::int64_t vantage_id = 0;
  std::uint32_t asn = 0;              // 0: not known.
  std::string qname;                  // Name::ToText().
  std::vector<std::uint16_t> qtypes;  // Sorted. Empty: not known.
  std::uint32_t open_sets = 0;

  friend bool operator==(const WishedName&, const WishedName&) = default;
};

// As taster_ingest or taster_judge. At most `most` names of open sets, with
// their types, and as many of the others, without; of batch days from `since`
// on. Only of vantage points that are probes and not revoked.
absl::StatusOr<std::vector<WishedName>> LoadWishedNames(
    const std::string& connection, std::chrono::sys_days since,
    std::size_t most);

}  // namespace taster::store
