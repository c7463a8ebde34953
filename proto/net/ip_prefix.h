// SPDX-License-Identifier: Apache-2.0
// An address prefix (CIDR block) as a value.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "proto/net/ip_address.h"

namespace taster::net {

// The first `length` bits of `address`; bits beyond them are zero when the
// prefix came from `Parse`. REQUIRES: 0 <= length <= address.bits().
struct IpPrefix {
  IpAddress address;
  int length = 0;

  // "192.0.2.0/24" or "2001:db8::/32". nullopt when malformed or when bits
  // beyond the length are set.
  static std::optional<IpPrefix> Parse(std::string_view text);

  // True iff `candidate` has the same family and starts with this prefix.
  constexpr bool Contains(const IpAddress& candidate) const {
    if (candidate.family() != address.family()) return false;
    const auto ours = address.bytes();
    const auto theirs = candidate.bytes();
    const auto whole = static_cast<std::size_t>(length / 8);
    for (std::size_t i = 0; i < whole; ++i) {
      if (ours[i] != theirs[i]) return false;
    }
    const int rest = length % 8;
    if (rest == 0) return true;
    const int mask = 0xff << (8 - rest) & 0xff;
    return ((ours[whole] ^ theirs[whole]) & mask) == 0;
  }

  std::string ToString() const;

  friend constexpr auto operator<=>(const IpPrefix&, const IpPrefix&) = default;
};

}  // namespace taster::net
