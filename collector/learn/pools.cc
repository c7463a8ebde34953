// SPDX-License-Identifier: Apache-2.0
#include "collector/learn/pools.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "collector/learn/candidates.h"
#include "collector/learn/groups.h"
#include "collector/learn/strangers.h"

namespace taster::learn {
namespace {

struct View {
  const Sightings& sightings;
  const Strangers& strangers;
  const Candidates& candidates;

  bool IsStrange(std::uint32_t sighting) const {
    return strangers.standing[sighting] != Standing::kGenuine;
  }
};

// The address as names for which `counts` holds drew it.
template <typename Counts>
PoolMember MemberOf(std::uint32_t address, const View& view, Counts counts) {
  PoolMember member;
  member.address = view.sightings.addresses()[address];
  member.owner = view.strangers.owner[address];
  absl::flat_hash_set<std::uint32_t> domains;
  for (const std::uint32_t i : view.strangers.of_address[address]) {
    const Sighting& sighting = view.sightings.all()[i];
    if (!view.IsStrange(i) || !counts(sighting.name)) continue;
    const bool first = member.names.empty();
    member.first_day = first ? sighting.first_day
                             : std::min(member.first_day, sighting.first_day);
    member.last_day = first ? sighting.last_day
                            : std::max(member.last_day, sighting.last_day);
    member.names.push_back(view.sightings.names()[sighting.name]);
    domains.insert(view.strangers.registrable[sighting.name]);
  }
  std::ranges::sort(member.names);
  member.registrable = static_cast<std::uint32_t>(domains.size());
  return member;
}

Pool PoolOf(const Group& group, const View& view) {
  Pool pool;
  for (const std::uint32_t address : group.addresses) {
    pool.members.push_back(MemberOf(address, view, [&](std::uint32_t name) {
      return std::ranges::binary_search(group.names, name);
    }));
  }
  for (const std::uint32_t name : group.names) {
    pool.names.push_back(view.sightings.names()[name]);
  }
  std::ranges::sort(pool.names);
  std::ranges::sort(pool.members, {}, &PoolMember::address);
  pool.first_day =
      std::ranges::min(pool.members, {}, &PoolMember::first_day).first_day;
  pool.last_day =
      std::ranges::max(pool.members, {}, &PoolMember::last_day).last_day;
  return pool;
}

// What each poisoned name drew of the pools, one family at a time: an injector
// has a pool for each.
std::vector<Draw> DrawsOf(net::Family family, const View& view) {
  std::vector<Draw> draws;
  for (std::uint32_t name = 0; name < view.candidates.poisoned.size(); ++name) {
    if (!view.candidates.poisoned[name]) continue;
    Draw draw{.name = name, .addresses = {}};
    for (const std::uint32_t i : view.strangers.of_name[name]) {
      const std::uint32_t address = view.sightings.all()[i].address;
      if (view.candidates.pooled[address] && view.IsStrange(i) &&
          view.sightings.addresses()[address].family() == family) {
        draw.addresses.push_back(address);
      }
    }
    std::ranges::sort(draw.addresses);
    if (!draw.addresses.empty()) draws.push_back(std::move(draw));
  }
  return draws;
}

Shared SharedOf(std::uint32_t address, const View& view) {
  Shared shared;
  absl::flat_hash_set<std::uint32_t> forged;
  const auto all = [](std::uint32_t) { return true; };
  shared.member = MemberOf(address, view, all);
  shared.registrable = shared.member.registrable;
  for (const std::uint32_t i : view.strangers.of_address[address]) {
    const std::uint32_t name = view.sightings.all()[i].name;
    if (view.IsStrange(i) && view.candidates.poisoned[name]) {
      forged.insert(view.strangers.registrable[name]);
    }
  }
  shared.forged = static_cast<std::uint32_t>(forged.size());
  return shared;
}

}  // namespace

Learned LearnPools(const Sightings& sightings, const Truth& truth) {
  const Strangers strangers = FindStrangers(sightings, truth);
  const Candidates candidates = FindCandidates(sightings, strangers);
  const View view{sightings, strangers, candidates};
  Learned learned;
  for (const auto family : {net::Family::kIpv4, net::Family::kIpv6}) {
    for (const Group& group : FindGroups(DrawsOf(family, view))) {
      learned.pools.push_back(PoolOf(group, view));
    }
  }
  for (std::uint32_t i = 0; i < candidates.shared.size(); ++i) {
    if (candidates.shared[i] && !candidates.pooled[i]) {
      learned.shared.push_back(SharedOf(i, view));
    }
  }
  std::ranges::stable_sort(learned.pools, std::ranges::greater{},
                           [](const Pool& pool) { return pool.names.size(); });
  std::ranges::sort(learned.shared, {},
                    [](const Shared& shared) { return shared.member.address; });
  return learned;
}

}  // namespace taster::learn
