// SPDX-License-Identifier: Apache-2.0
// Reads a UDP packet off the wire and builds the packet that answers it.
#pragma once

#include <cstdint>
#include <optional>

#include "tests/lab/censor/ip_packet.h"

namespace taster::lab {

// One unfragmented UDP packet. Its views last as long as the bytes parsed.
struct UdpPacket {
  bool is_ipv6 = false;
  ByteView source = {};       // 4 or 16 bytes.
  ByteView destination = {};  // 4 or 16 bytes.
  std::uint8_t ip_ttl = 0;
  std::uint16_t source_port = 0;
  std::uint16_t destination_port = 0;
  ByteView payload = {};
};

// `packet` starts at the IP header. nullopt: not UDP, a fragment, IPv6 with
// extension headers, or lengths that contradict each other.
std::optional<UdpPacket> ParseUdp(ByteView packet);

// The packet that pretends to be the queried server: ends swapped, checksums
// complete.
Bytes BuildAnswer(const UdpPacket& query, const IpTraits& traits,
                  ByteView payload);

}  // namespace taster::lab
