// SPDX-License-Identifier: Apache-2.0
// Looks owners and countries up, and names a snapshot.
#include "collector/reference/networks.h"

#include <cstdio>

#include "collector/judge/reference.h"
#include "collector/reference/day.h"

namespace taster::reference {
namespace {

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

std::string_view Networks::OwnerOf(std::uint32_t asn) const {
  const auto found = owners.find(asn);
  if (found == owners.end()) return {};
  return found->second;
}

std::optional<net::IpPrefix> Networks::ClientSubnetOf(std::uint32_t asn) const {
  auto subnet = subnets.Of(asn);
  // A more specific prefix of somebody else's may begin there.
  if (subnet && origin_as.Find(subnet->address) != asn) return {};
  return subnet;
}

std::string Networks::CountryOf(const net::IpAddress& address) const {
  return judge::CountryIn(countries, address);
}

std::uint32_t CountryNumber(std::string_view code) {
  if (code.size() != 2 || !IsUpper(code[0]) || !IsUpper(code[1])) return 0;
  if (code == "ZZ") return 0;
  return static_cast<std::uint32_t>(code[0] << 8 | code[1]);
}

std::string SnapshotOf(const Provenance& provenance) {
  constexpr std::size_t kShownBytes = 6;
  std::string snapshot =
      provenance.source + "/" + DayText(provenance.taken) + "/";
  char text[8];
  for (std::size_t i = 0; i < kShownBytes; ++i) {
    std::snprintf(text, sizeof(text), "%02x", provenance.digest[i]);
    snapshot += text;
  }
  return snapshot;
}

}  // namespace taster::reference
