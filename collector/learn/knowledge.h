// SPDX-License-Identifier: Apache-2.0
// From what was learned to what the judge looks at.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "collector/judge/name_context.h"
#include "collector/judge/network.h"
#include "collector/judge/reference.h"
#include "collector/learn/pools.h"
#include "collector/learn/sightings.h"
#include "collector/learn/truth.h"

namespace taster::learn {

// A pool that was not seen for so long is no longer held against anybody.
inline constexpr std::chrono::days kPoolMemory{60};

// "learned-cn-4134-v4-1": the network, the family, the pool's rank.
std::string PoolId(const judge::Network& network, const Learned& learned,
                   std::size_t pool);

// Adds what was learned in `network` for all networks of its country. Nothing
// that stands in the reference already is changed.
void AddTo(const judge::Network& network, const Learned& learned,
           judge::Reference* reference);

// By Name::ToText(); names that drew no forgery are not in it.
using ContextsByName =
    absl::flat_hash_map<std::string, std::shared_ptr<const judge::NameContext>>;

// Which forged addresses of `reference`, as of the sighting's days, each name
// of the network drew there.
ContextsByName NameContexts(const judge::Network& network,
                            const Sightings& sightings, const Truth& truth,
                            const judge::Reference& reference);

}  // namespace taster::learn
