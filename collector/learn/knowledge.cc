// SPDX-License-Identifier: Apache-2.0
#include "collector/learn/knowledge.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "collector/judge/special_purpose.h"

namespace taster::learn {
namespace {

bool IsV4(const Pool& pool) { return pool.members.front().address.is_v4(); }

// Keeps at most kEnough, of as many owners as there are.
void Add(const judge::DrawnForgery& drawn, judge::NameContext* context) {
  auto& all = context->drawn;
  if (all.size() < judge::NameContext::kEnough) {
    all.push_back(drawn);
    return;
  }
  const auto owner_is = [&](const judge::DrawnForgery& one) {
    return one.owner == drawn.owner;
  };
  if (drawn.owner == 0 || std::ranges::any_of(all, owner_is)) return;
  // Of owners that stand there twice, one makes room.
  for (auto& one : all) {
    const auto twins =
        std::ranges::count(all, one.owner, &judge::DrawnForgery::owner);
    if (twins < 2) continue;
    one = drawn;
    return;
  }
}

}  // namespace

std::string PoolId(const judge::Network& network, const Learned& learned,
                   std::size_t pool) {
  std::size_t rank = 1;
  for (std::size_t i = 0; i < pool; ++i) {
    if (IsV4(learned.pools[i]) == IsV4(learned.pools[pool])) ++rank;
  }
  std::string id = "learned-";
  for (const char c : network.country) {
    id += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return id + "-" + std::to_string(network.asn) +
         (IsV4(learned.pools[pool]) ? "-v4-" : "-v6-") + std::to_string(rank);
}

void AddTo(const judge::Network& network, const Learned& learned,
           judge::Reference* reference) {
  if (!learned.pools.empty()) {
    reference->pooled_countries.insert(network.country);
  }
  for (std::size_t i = 0; i < learned.pools.size(); ++i) {
    const Pool& pool = learned.pools[i];
    const std::string id = PoolId(network, learned, i);
    for (const PoolMember& member : pool.members) {
      reference->learned[member.address].push_back(
          {.pool = id,
           .country = network.country,
           .names = member.registrable,
           .since = pool.first_day,
           .until = pool.last_day + kPoolMemory});
    }
  }
  for (const Shared& shared : learned.shared) {
    reference->shared[shared.member.address].push_back(
        {.country = network.country,
         .names = shared.registrable,
         .forged = shared.forged});
  }
}

ContextsByName NameContexts(const judge::Network& network,
                            const Sightings& sightings, const Truth& truth,
                            const judge::Reference& reference) {
  std::vector<judge::NameContext> contexts(sightings.names().size());
  std::vector<const judge::Control*> controls;
  for (const std::string& name : sightings.names()) {
    controls.push_back(truth.control(name));
  }
  for (const Sighting& sighting : sightings.all()) {
    const net::IpAddress& address = sightings.addresses()[sighting.address];
    const bool teredo = judge::kTeredoWithoutServer.Contains(address);
    const bool forged =
        teredo || reference.FindForged(address, sighting.last_day) != nullptr ||
        reference.FindLearned(address, network.country, sighting.last_day) !=
            nullptr;
    if (!forged) continue;
    const judge::Control* control = controls[sighting.name];
    if (control != nullptr &&
        std::ranges::binary_search(control->addresses, address)) {
      continue;
    }
    // 2001::/32 is announced by a relay that owns none of them.
    const auto owner =
        teredo ? std::nullopt : reference.origin_as.Find(address);
    Add({address, owner.value_or(0)}, &contexts[sighting.name]);
  }
  ContextsByName by_name;
  for (std::size_t i = 0; i < contexts.size(); ++i) {
    if (contexts[i].drawn.empty()) continue;
    by_name[sightings.names()[i]] =
        std::make_shared<const judge::NameContext>(std::move(contexts[i]));
  }
  return by_name;
}

}  // namespace taster::learn
