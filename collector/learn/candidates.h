// SPDX-License-Identifier: Apache-2.0
// Which addresses unrelated names share, and which of those form a pool.
#pragma once

#include <cstdint>
#include <vector>

#include "collector/learn/sightings.h"
#include "collector/learn/strangers.h"

namespace taster::learn {

struct Candidates {
  std::vector<bool> shared;    // By address: drawn by unrelated names.
  std::vector<bool> pooled;    // By address: a member of some pool.
  std::vector<bool> poisoned;  // By name: draws several members.
};

Candidates FindCandidates(const Sightings& sightings,
                          const Strangers& strangers);

}  // namespace taster::learn
