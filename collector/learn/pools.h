// SPDX-License-Identifier: Apache-2.0
// Finds forged pools in what one network answered, from evidence and controls
// alone.
//
// An address is a candidate when at least three registrable domains, whose
// controls show at least three disjoint sets of owners, drew it though no
// control of theirs has it. It stays one while most of its names draw several
// other candidates of unrelated owners: that is a pool, where a sinkhole, a
// block page or a proxy is one address for all. Last come addresses that only
// names of the pool drew.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "collector/learn/sightings.h"
#include "collector/learn/truth.h"
#include "proto/net/ip_address.h"

namespace taster::learn {

struct PoolMember {
  net::IpAddress address;
  std::uint32_t owner = 0;         // Origin AS; 0: nobody's, or not known.
  std::vector<std::string> names;  // That drew it and whose control did not.
  std::uint32_t registrable = 0;   // Registrable domains among those.
  std::chrono::sys_days first_day;
  std::chrono::sys_days last_day;
};

// Names that share a pool, and the pool: a group.
struct Pool {
  std::vector<PoolMember> members;  // By address.
  std::vector<std::string> names;   // Sorted.
  std::chrono::sys_days first_day;
  std::chrono::sys_days last_day;
};

// One address for many unrelated names that is no pool.
struct Shared {
  PoolMember member;
  std::uint32_t registrable = 0;  // Registrable domains that drew it,
  std::uint32_t forged = 0;       // those of them that draw from a pool too.
};

struct Learned {
  std::vector<Pool> pools;     // Largest first.
  std::vector<Shared> shared;  // By address.
};

Learned LearnPools(const Sightings& sightings, const Truth& truth);

}  // namespace taster::learn
