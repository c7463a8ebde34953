// SPDX-License-Identifier: Apache-2.0
// Counts addresses by the 64 bits in which both families are routed.
#include "collector/reference/client_subnets.h"

#include <array>
#include <cstddef>
#include <limits>

namespace taster::reference {
namespace {

// The first 4 or 8 bytes as a number.
std::uint64_t High(const net::IpAddress& address) {
  std::uint64_t high = 0;
  for (const std::uint8_t byte :
       address.bytes().first(address.is_v4() ? 4 : 8)) {
    high = high << 8 | byte;
  }
  return high;
}

net::IpAddress AddressOf(std::uint64_t high, bool v4) {
  if (v4) return net::IpAddress::FromV4(static_cast<std::uint32_t>(high));
  std::array<std::uint8_t, 16> bytes{};
  for (std::size_t i = 0; i < 8; ++i) {
    bytes[i] = static_cast<std::uint8_t>(high >> (56 - 8 * i));
  }
  return net::IpAddress::FromV6(bytes);
}

}  // namespace

void ClientSubnets::Note(const judge::AddressRange& range, std::uint32_t asn) {
  if (asn == 0) return;
  const bool v4 = range.first.is_v4();
  const int length = v4 ? kLengthV4 : kLengthV6;
  const int rest = (v4 ? 32 : 64) - length;  // Bits behind the prefix.
  const std::uint64_t step = std::uint64_t{1} << rest;
  const std::uint64_t first = High(range.first);
  const std::uint64_t last = High(range.last);
  if (first > std::numeric_limits<std::uint64_t>::max() - step) return;
  const std::uint64_t aligned = (first + step - 1) >> rest << rest;
  if (last < aligned || last - aligned < step - 1) return;
  const std::uint64_t prefixes = (last - aligned + 1) >> rest;
  Choice& choice = choices_[asn];
  const bool held_v4 = choice.prefixes > 0 && choice.prefix.address.is_v4();
  if (held_v4 && (!v4 || choice.prefixes >= prefixes)) return;
  if (!held_v4 && !v4 && choice.prefixes >= prefixes) return;
  choice = {{AddressOf(aligned, v4), length}, prefixes};
}

std::optional<net::IpPrefix> ClientSubnets::Of(std::uint32_t asn) const {
  const auto at = choices_.find(asn);
  if (at == choices_.end()) return {};
  return at->second.prefix;
}

}  // namespace taster::reference
