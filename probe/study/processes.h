// SPDX-License-Identifier: Apache-2.0
// How many processes walk one pool, each from its own position.
#pragma once

#include <cstddef>
#include <span>

#include "probe/study/pool_order.h"

namespace taster::study {

struct Processes {
  std::size_t count = 0;  // Seen; 0: not known.
  std::size_t flows = 0;  // That drew answers of the pool.
};

// `cycle` is what FindOrder found. `draws`, in the order of asking, come from
// several flows, each asked at least four times in turn: a flow always talks
// to the same process (the 4-tuple chooses it; Wallbleed, NDSS 2025), so flows
// whose answers continue one another share one.
Processes CountProcesses(std::span<const net::IpAddress> cycle,
                         std::span<const Draw> draws);

}  // namespace taster::study
