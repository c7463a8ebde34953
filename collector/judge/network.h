// SPDX-License-Identifier: Apache-2.0
// Where a probe stands.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <utility>

namespace taster::judge {

// One network, as volunteers' evidence is grouped: never finer.
struct Network {
  std::string country;    // ISO 3166 alpha-2, upper case; empty: not known.
  std::uint32_t asn = 0;  // 0: not known.

  friend auto operator<=>(const Network&, const Network&) = default;

  template <typename H>
  friend H AbslHashValue(H state, const Network& network) {
    return H::combine(std::move(state), network.country, network.asn);
  }
};

}  // namespace taster::judge
