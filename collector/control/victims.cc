// SPDX-License-Identifier: Apache-2.0
#include "collector/control/victims.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace taster::control {
namespace {

constexpr std::size_t kSampleNames = 20;

struct Victim {
  std::uint32_t owner = 0;
  std::set<std::string> names;
  std::set<judge::Network> networks;
  store::Span days;
};
using Victims = std::map<net::IpAddress, Victim>;

bool IsForged(const judge::Reference& reference, const net::IpAddress& address,
              const judge::Network& network, std::chrono::sys_days day) {
  return reference.FindForged(address, day) != nullptr ||
         reference.FindLearned(address, network.country, day) != nullptr;
}

// True iff the address may well be the name's own.
bool MayBeOwn(const judge::Control* control, const net::IpAddress& address,
              std::uint32_t owner) {
  // Without a control nobody knows whose name it is.
  return control == nullptr ||
         std::ranges::binary_search(control->addresses, address) ||
         std::ranges::binary_search(control->origin_as, owner);
}

void Enter(const judge::Network& network, const std::string& name,
           const learn::Sighting& seen, Victim* victim) {
  if (victim->names.empty()) {
    victim->days = {seen.first_day, seen.last_day};
  }
  victim->days.first = std::min(victim->days.first, seen.first_day);
  victim->days.last = std::max(victim->days.last, seen.last_day);
  victim->names.insert(name);
  victim->networks.insert(network);
}

store::VictimRow RowOf(const net::IpAddress& address, const Victim& victim,
                       const reference::Networks& networks) {
  store::VictimRow row{
      .address = address,
      .owner = victim.owner,
      .owner_name = std::string(networks.OwnerOf(victim.owner)),
      .country = networks.CountryOf(address),
      .names = static_cast<std::uint32_t>(victim.names.size()),
      .sample_names = {},
      .networks = {},
      .days = victim.days};
  for (const std::string& name : victim.names) {
    if (row.sample_names.size() == kSampleNames) break;
    row.sample_names.push_back(name);
  }
  for (const judge::Network& network : victim.networks) {
    row.networks.push_back(network.country + "/" + std::to_string(network.asn));
  }
  return row;
}

}  // namespace

std::vector<store::VictimRow> FindVictims(const SightingsByNetwork& sightings,
                                          const ControlBook& book,
                                          const judge::Reference& reference,
                                          const reference::Networks& networks) {
  Victims victims;
  for (const auto& [network, seen] : sightings) {
    for (const learn::Sighting& sighting : seen.all()) {
      const net::IpAddress& address = seen.addresses()[sighting.address];
      if (!IsForged(reference, address, network, sighting.last_day)) continue;
      const auto owner = reference.origin_as.Find(address);
      if (!owner || *owner == 0) continue;
      const std::string& name = seen.names()[sighting.name];
      if (MayBeOwn(book.FindName(name).get(), address, *owner)) continue;
      Victim& victim = victims[address];
      victim.owner = *owner;
      Enter(network, name, sighting, &victim);
    }
  }
  std::vector<store::VictimRow> rows;
  rows.reserve(victims.size());
  for (const auto& [address, victim] : victims) {
    rows.push_back(RowOf(address, victim, networks));
  }
  return rows;
}

}  // namespace taster::control
