// SPDX-License-Identifier: Apache-2.0
// In which order an injector walks its pool.
#pragma once

#include <cstddef>
#include <vector>

#include "proto/net/ip_address.h"

namespace taster::learn {

// What one flow drew: the same addresses and ports, so the same process of the
// injector, in order of time (Wallbleed, NDSS 2025: a process walks one list,
// and the 4-tuple chooses the process).
using Walk = std::vector<net::IpAddress>;

struct PoolOrder {
  // Stretches of the list, each in its order, longest first. A stretch whose
  // end leads to its start is the whole cycle.
  std::vector<std::vector<net::IpAddress>> stretches;
  bool is_cycle = false;      // Of the first stretch.
  std::size_t steps = 0;      // From one answer of a walk to the next,
  std::size_t following = 0;  // those of them that the order explains.
};

// An address follows another when that step was seen twice at least, and more
// often than all other steps from there. A pool that is picked from at random
// leaves short stretches, which explain little: compare `following` with
// `steps`.
PoolOrder FindOrder(const std::vector<Walk>& walks);

}  // namespace taster::learn
