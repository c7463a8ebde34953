// SPDX-License-Identifier: Apache-2.0
// Longest-prefix lookup from an address to the AS that announces it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "proto/net/ip_address.h"
#include "proto/net/ip_prefix.h"

namespace taster::judge {

// Built once, then read from many threads. A lookup is a binary search among
// the disjoint ranges that start with the same 16 bits, without allocation: a
// few cache lines, however large the table.
class PrefixTable {
 public:
  struct Entry {
    net::IpPrefix prefix;
    std::uint32_t asn = 0;
  };

  PrefixTable() = default;
  // Prefixes may nest (the longest wins) and come in any order; of two equal
  // ones the later wins.
  static PrefixTable Build(std::vector<Entry> entries);

  // nullopt: no prefix covers the address. Not known is not "another AS".
  std::optional<std::uint32_t> Find(const net::IpAddress& address) const;

  std::size_t size() const { return ranges_.size(); }

 private:
  struct Range {
    net::IpAddress first;   // Up to the next range's first.
    std::uint32_t asn = 0;  // 0: a gap.
  };
  void Index();

  std::vector<Range> ranges_;  // Sorted by `first`.
  // For each family and first 16 bits: how many ranges start before them.
  // Empty when there are no ranges.
  std::vector<std::uint32_t> starts_;
};

}  // namespace taster::judge
