// SPDX-License-Identifier: Apache-2.0
// Whose addresses injectors send people to.
#pragma once

#include <map>
#include <vector>

#include "collector/control/control_book.h"
#include "collector/judge/network.h"
#include "collector/judge/reference.h"
#include "collector/learn/sightings.h"
#include "collector/reference/networks.h"
#include "collector/store/learned_store.h"

namespace taster::control {

using SightingsByNetwork = std::map<judge::Network, learn::Sightings>;

// Every address of a forged pool, known or learned, that somebody announces and
// that a name drew whose controls know neither the address nor its owner. In
// the order of addresses. `networks` names the owners; empty tables name
// nobody.
std::vector<store::VictimRow> FindVictims(const SightingsByNetwork& sightings,
                                          const ControlBook& book,
                                          const judge::Reference& reference,
                                          const reference::Networks& networks);

}  // namespace taster::control
