// SPDX-License-Identifier: Apache-2.0
// Reads and builds IPv4 and IPv6 packets, whatever they carry.
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

inline constexpr std::uint8_t kProtocolTcp = 6;
inline constexpr std::uint8_t kProtocolUdp = 17;

// What a sender chooses in the IP header. IPv6 has only the first.
struct IpTraits {
  std::uint8_t ip_ttl = 0;
  bool dont_fragment = false;
  std::uint16_t ip_id = 0;
};

// One unfragmented packet. Its views last as long as the bytes parsed.
struct IpPacket {
  bool is_ipv6 = false;
  ByteView source = {};       // 4 or 16 bytes.
  ByteView destination = {};  // 4 or 16 bytes.
  std::uint8_t protocol = 0;
  IpTraits traits = {};
  ByteView payload = {};
};

// `packet` starts at the IP header. nullopt: a fragment, lengths that
// contradict each other, or neither IPv4 nor IPv6.
std::optional<IpPacket> ParseIp(ByteView packet);

// The bytes of a packet, its checksums complete. TCP and UDP alone.
Bytes BuildIp(const IpPacket& packet);

std::string AddressText(ByteView address);

// Big-endian.
std::uint16_t Read16(ByteView bytes, std::size_t at);
std::uint32_t Read32(ByteView bytes, std::size_t at);
void Write16(Bytes& bytes, std::size_t at, std::size_t value);
void Write32(Bytes& bytes, std::size_t at, std::uint32_t value);

}  // namespace taster::lab
