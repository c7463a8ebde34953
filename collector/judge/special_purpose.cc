// SPDX-License-Identifier: Apache-2.0
// The IANA special-purpose address registries (RFC 6890, RFC 8190) as far as a
// block is not globally reachable, and IPv6 space that IANA has not given out
// (RFC 4291 section 2.4).
#include "collector/judge/special_purpose.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace taster::judge {
namespace {

constexpr SpecialPurpose V4(std::uint32_t host_order, int length,
                            std::string_view name) {
  return {{net::IpAddress::FromV4(host_order), length}, name};
}

constexpr SpecialPurpose V6(std::uint32_t first, std::uint32_t second,
                            int length, std::string_view name) {
  std::array<std::uint8_t, 16> bytes{};
  for (std::size_t i = 0; i < 4; ++i) {
    bytes[i] = static_cast<std::uint8_t>(first >> (24 - 8 * i));
    bytes[4 + i] = static_cast<std::uint8_t>(second >> (24 - 8 * i));
  }
  return {{net::IpAddress::FromV6(bytes), length}, name};
}

constexpr std::array kBlocksV4 = {
    V4(0x00000000, 8, "This network"),
    V4(0x0a000000, 8, "Private-Use"),
    V4(0x64400000, 10, "Shared Address Space"),
    V4(0x7f000000, 8, "Loopback"),
    V4(0xa9fe0000, 16, "Link Local"),
    V4(0xac100000, 12, "Private-Use"),
    V4(0xc0000000, 24, "IETF Protocol Assignments"),
    V4(0xc0000200, 24, "Documentation (TEST-NET-1)"),
    V4(0xc0a80000, 16, "Private-Use"),
    V4(0xc6120000, 15, "Benchmarking"),
    V4(0xc6336400, 24, "Documentation (TEST-NET-2)"),
    V4(0xcb007100, 24, "Documentation (TEST-NET-3)"),
    V4(0xe0000000, 4, "Multicast"),
    V4(0xf0000000, 4, "Reserved"),
};

constexpr std::array kBlocksV6 = {
    V6(0x01000000, 0, 64, "Discard-Only Address Block"),
    V6(0x20010002, 0, 48, "Benchmarking"),
    V6(0x20010010, 0, 28, "ORCHID"),
    V6(0x20010020, 0, 28, "ORCHIDv2"),
    V6(0x20010db8, 0, 32, "Documentation"),
    V6(0x3fff0000, 0, 20, "Documentation"),
    V6(0x5f000000, 0, 16, "Segment Routing (SRv6) SIDs"),
    V6(0xfc000000, 0, 7, "Unique-Local"),
    V6(0xfe800000, 0, 10, "Link-Local Unicast"),
    V6(0xfec00000, 0, 10, "Site-Local Unicast"),
    V6(0xff000000, 0, 8, "Multicast"),
};
// All that is not global unicast; holds the unspecified and the loopback
// address.
constexpr SpecialPurpose kReservedV6 = V6(0, 0, 0, "Reserved by IETF");
// RFC 8215: a network's own translator; the true answer of a DNS64.
constexpr net::IpPrefix kLocalTranslation =
    V6(0x0064ff9b, 0x00010000, 48, "IPv4-IPv6 Translation").prefix;

// Whether any block holds addresses that start with the byte: most do not.
constexpr auto kStartsBlockV4 = [] {
  std::array<bool, 256> starts{};
  for (const SpecialPurpose& block : kBlocksV4) {
    const unsigned first = block.prefix.address.bytes()[0];
    const int length = block.prefix.length;
    const unsigned covered = length < 8 ? 1U << (8 - length) : 1U;
    for (unsigned i = 0; i < covered; ++i) starts[first + i] = true;
  }
  return starts;
}();

const SpecialPurpose* FindIn(std::span<const SpecialPurpose> blocks,
                             const net::IpAddress& address) {
  const auto found = std::ranges::find_if(blocks, [&](const auto& block) {
    return block.prefix.Contains(address);
  });
  return found == blocks.end() ? nullptr : &*found;
}

}  // namespace

const SpecialPurpose* FindSpecialPurpose(const net::IpAddress& address) {
  if (address.is_v4()) {
    if (!kStartsBlockV4[address.bytes()[0]]) return nullptr;
    return FindIn(kBlocksV4, address);
  }
  if (kLocalTranslation.Contains(address)) return nullptr;
  const std::uint8_t first = address.bytes()[0];
  const bool global_unicast = first >> 5 == 1;  // 2000::/3
  if (global_unicast && first != 0x20 && first != 0x3f) return nullptr;
  const SpecialPurpose* found = FindIn(kBlocksV6, address);
  if (found != nullptr || global_unicast) return found;
  return &kReservedV6;
}

bool IsNull(const net::IpAddress& address) {
  if (address.is_v4()) return address == net::IpAddress();
  return address.Unmapped() == net::IpAddress() ||
         address == net::IpAddress::FromV6({});
}

}  // namespace taster::judge
