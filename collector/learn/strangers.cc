// SPDX-License-Identifier: Apache-2.0
#include "collector/learn/strangers.h"

#include <algorithm>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "collector/judge/special_purpose.h"
#include "proto/net/ip_prefix.h"

namespace taster::learn {
namespace {

// Reserved, but pools have members in it.
constexpr net::IpPrefix kReserved{net::IpAddress::FromV4(0xf0000000), 4};

// Teredo answers condemn themselves, and there are too many of them to be seen
// twice.
bool MayBePooled(const net::IpAddress& address) {
  if (judge::kTeredo.Contains(address)) return false;
  return judge::FindSpecialPurpose(address) == nullptr ||
         kReserved.Contains(address);
}

Standing StandingOf(const judge::Control* control,
                    const net::IpAddress& address, std::uint32_t owner) {
  if (control == nullptr) return Standing::kUnknown;
  if (std::ranges::binary_search(control->addresses, address)) {
    return Standing::kGenuine;
  }
  // Space of nobody serves no name, if owners are known at all.
  if (owner == 0) {
    return control->origin_as.empty() ? Standing::kUnknown : Standing::kStrange;
  }
  return std::ranges::binary_search(control->origin_as, owner)
             ? Standing::kGenuine
             : Standing::kStrange;
}

}  // namespace

Strangers FindStrangers(const Sightings& sightings, const Truth& truth) {
  Strangers found;
  for (const net::IpAddress& address : sightings.addresses()) {
    const bool pooled = MayBePooled(address);
    found.may_be_pooled.push_back(pooled);
    found.may_be_shared.push_back(!judge::kTeredo.Contains(address));
    const auto origin = pooled ? truth.origin_as->Find(address) : std::nullopt;
    found.owner.push_back(origin.value_or(0));
    found.returned.push_back(truth.returned_for(address));
  }
  std::vector<const judge::Control*> controls;
  absl::flat_hash_map<std::string, std::uint32_t> domains;
  for (const std::string& name : sightings.names()) {
    controls.push_back(truth.control(name));
    found.owners_of_name.push_back(controls.back() != nullptr
                                       ? controls.back()->origin_as
                                       : std::vector<std::uint32_t>());
    const auto id = static_cast<std::uint32_t>(domains.size());
    found.registrable.push_back(
        domains.try_emplace(truth.registrable(name), id).first->second);
  }
  found.of_name.resize(sightings.names().size());
  found.of_address.resize(sightings.addresses().size());
  const auto& all = sightings.all();
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    found.standing.push_back(StandingOf(controls[all[i].name],
                                        sightings.addresses()[all[i].address],
                                        found.owner[all[i].address]));
    found.of_name[all[i].name].push_back(i);
    found.of_address[all[i].address].push_back(i);
  }
  return found;
}

}  // namespace taster::learn
