// SPDX-License-Identifier: Apache-2.0
// Reads a UDP packet off the wire and builds the packet that answers it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace taster::lab {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using Ipv4 = std::array<std::uint8_t, 4>;
using Ipv6 = std::array<std::uint8_t, 16>;

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

// What an injector chooses in the IP header. IPv6 has only the first.
struct IpTraits {
  std::uint8_t ip_ttl = 0;
  bool dont_fragment = false;
  std::uint16_t ip_id = 0;
};

// `packet` starts at the IP header. nullopt: not UDP, a fragment, IPv6 with
// extension headers, or lengths that contradict each other.
std::optional<UdpPacket> ParseUdp(ByteView packet);

// The packet that pretends to be the queried server: ends swapped, checksums
// complete.
Bytes BuildAnswer(const UdpPacket& query, const IpTraits& traits,
                  ByteView payload);

std::string AddressText(ByteView address);

}  // namespace taster::lab
