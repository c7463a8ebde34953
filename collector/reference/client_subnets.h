// SPDX-License-Identifier: Apache-2.0
// One prefix of each AS, on whose behalf names may be asked for.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "collector/judge/prefix_table.h"
#include "proto/net/ip_prefix.h"

namespace taster::reference {

// Chosen from the registry's ranges alone: it says which AS, and nothing of who
// measures there.
class ClientSubnets {
 public:
  // Of what an authority may tell networks apart by (RFC 7871 section 11.1).
  static constexpr int kLengthV4 = 24;
  static constexpr int kLengthV6 = 56;

  // Ranges in any order; the longest IPv4 range of an AS gives its prefix, else
  // its longest IPv6 range. Ranges that hold no whole prefix give none.
  void Note(const judge::AddressRange& range, std::uint32_t asn);

  // nullopt: nothing is known of this AS.
  std::optional<net::IpPrefix> Of(std::uint32_t asn) const;

 private:
  struct Choice {
    net::IpPrefix prefix;
    std::uint64_t prefixes = 0;  // In its range; 0: none yet.
  };
  absl::flat_hash_map<std::uint32_t, Choice> choices_;
};

}  // namespace taster::reference
