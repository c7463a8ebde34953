// SPDX-License-Identifier: Apache-2.0
// Takes IPv4 addresses out of IPv6 ones.
#include "collector/judge/translation.h"

#include <array>
#include <cstddef>

#include "proto/net/ip_prefix.h"

namespace taster::judge {
namespace {

constexpr net::IpPrefix kWellKnown{
    net::IpAddress::FromV6({0x00, 0x64, 0xff, 0x9b}), 96};
constexpr net::IpPrefix kLocalUse{
    net::IpAddress::FromV6({0x00, 0x64, 0xff, 0x9b, 0x00, 0x01}), 48};

// RFC 6052 section 2.2: the address follows the prefix, but leaves out the
// ninth byte.
net::IpAddress Embedded(const net::IpPrefix& prefix,
                        const net::IpAddress& address) {
  constexpr std::size_t kSkipped = 8;
  std::array<std::uint8_t, 4> bytes{};
  auto at = static_cast<std::size_t>(prefix.length / 8);
  for (std::uint8_t& byte : bytes) {
    if (at == kSkipped) ++at;
    byte = address.bytes()[at++];
  }
  return *net::IpAddress::FromBytes(bytes);
}

bool IsTranslationLength(int length) {
  return length == 32 || length == 40 || length == 48 || length == 56 ||
         length == 64 || length == 96;
}

bool IsOwn(const Case& set, const net::IpAddress& address) {
  return set.nat64 && !set.nat64->address.is_v4() &&
         set.nat64->Contains(address);
}

}  // namespace

net::IpAddress Decoded(const Case& set, const net::IpAddress& address) {
  if (address.is_v4()) return address;
  if (IsOwn(set, address) && IsTranslationLength(set.nat64->length)) {
    return Embedded(*set.nat64, address);
  }
  return address.Unmapped();
}

bool IsTranslated(const Case& set, const net::IpAddress& address) {
  return kWellKnown.Contains(address) || kLocalUse.Contains(address) ||
         IsOwn(set, address);
}

}  // namespace taster::judge
