// SPDX-License-Identifier: Apache-2.0
#include "collector/control/learned_rows.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "collector/learn/knowledge.h"
#include "collector/reference/day.h"

namespace taster::control {
namespace {

using store::LearnedAddressRow;
using store::LearnedPoolRow;
using store::LearnedRows;

using PoolIndex = std::map<std::string, const LearnedPoolRow*>;

PoolIndex Index(const LearnedRows& rows) {
  PoolIndex pools;
  for (const LearnedPoolRow& pool : rows.pools) {
    pools.emplace(pool.pool, &pool);
  }
  return pools;
}

using PerPool = std::map<std::string, std::set<net::IpAddress>>;

// Members of revoked pools.
std::map<judge::Network, PerPool> Revoked(const LearnedRows& stored) {
  std::map<judge::Network, PerPool> revoked;
  const PoolIndex pools = Index(stored);
  for (const LearnedAddressRow& row : stored.addresses) {
    const auto pool = pools.find(row.pool);
    if (pool == pools.end() || !pool->second->is_revoked) continue;
    revoked[pool->second->network][row.pool].insert(row.address);
  }
  return revoked;
}

bool IsRevoked(const learn::Pool& pool, const PerPool& revoked) {
  return std::ranges::any_of(revoked, [&](const auto& other) {
    const auto common = std::ranges::count_if(
        pool.members, [&](const learn::PoolMember& member) {
          return other.second.contains(member.address);
        });
    return 2 * static_cast<std::size_t>(common) >= pool.members.size();
  });
}

void AppendPool(const LearnedIn& in, std::size_t index, store::Time now,
                LearnedRows* rows) {
  const learn::Pool& pool = in.learned.pools[index];
  const std::string id = learn::PoolId(in.network, in.learned, index);
  rows->pools.push_back({.pool = id,
                         .network = in.network,
                         .family = pool.members.front().address.family(),
                         .days = {pool.first_day, pool.last_day},
                         .names = static_cast<std::uint32_t>(pool.names.size()),
                         .learned_time = now});
  for (const learn::PoolMember& member : pool.members) {
    rows->addresses.push_back({.pool = id,
                               .address = member.address,
                               .owner = member.owner,
                               .days = {member.first_day, member.last_day},
                               .names = member.names,
                               .registrable = member.registrable});
  }
}

// No evidence from `since` on shows it, yet it is not forgotten.
bool IsOld(const store::Span& days, std::chrono::sys_days since,
           std::chrono::sys_days today) {
  return days.last < since && today < days.last + learn::kPoolMemory;
}

// Everything that a verdict may rest on, by network and address.
using Standing = std::map<std::pair<judge::Network, net::IpAddress>,
                          std::vector<std::string>>;

Standing StandingOf(const LearnedRows& rows) {
  Standing standing;
  const PoolIndex pools = Index(rows);
  for (const LearnedAddressRow& row : rows.addresses) {
    const auto pool = pools.find(row.pool);
    if (pool == pools.end() || pool->second->is_revoked) continue;
    standing[{pool->second->network, row.address}] = row.names;
  }
  for (const store::SharedAddressRow& row : rows.shared) {
    standing[{row.network, row.address}];
  }
  return standing;
}

void AppendMissing(const Standing& from, const Standing& in,
                   std::vector<Change>* changes) {
  for (const auto& [key, names] : from) {
    if (!in.contains(key)) changes->push_back({key.first, key.second, names});
  }
}

}  // namespace

void DropRevoked(const LearnedRows& stored, std::vector<LearnedIn>* learned) {
  const auto revoked = Revoked(stored);
  for (LearnedIn& in : *learned) {
    const auto here = revoked.find(in.network);
    if (here == revoked.end()) continue;
    std::erase_if(in.learned.pools, [&](const learn::Pool& pool) {
      return IsRevoked(pool, here->second);
    });
  }
}

LearnedRows RowsOf(const std::vector<LearnedIn>& learned, store::Time now) {
  LearnedRows rows;
  for (const LearnedIn& in : learned) {
    for (std::size_t i = 0; i < in.learned.pools.size(); ++i) {
      AppendPool(in, i, now, &rows);
    }
    for (const learn::Shared& shared : in.learned.shared) {
      rows.shared.push_back(
          {.network = in.network,
           .address = shared.member.address,
           .days = {shared.member.first_day, shared.member.last_day},
           .registrable = shared.registrable,
           .forged = shared.forged});
    }
  }
  return rows;
}

void Remember(const LearnedRows& stored, std::chrono::sys_days since,
              std::chrono::sys_days today, LearnedRows* rows) {
  std::set<std::string> taken;
  for (const LearnedPoolRow& pool : rows->pools) taken.insert(pool.pool);
  std::map<std::string, std::string> renamed;
  for (const LearnedPoolRow& pool : stored.pools) {
    if (pool.is_revoked || !IsOld(pool.days, since, today)) continue;
    std::string id = pool.pool;
    // Another pool has its rank by now.
    if (taken.contains(id)) id += "~" + reference::DayText(pool.days.last);
    if (!taken.insert(id).second) continue;
    renamed.emplace(pool.pool, id);
    rows->pools.push_back(pool);
    rows->pools.back().pool = id;
  }
  for (const LearnedAddressRow& address : stored.addresses) {
    const auto id = renamed.find(address.pool);
    if (id == renamed.end()) continue;
    rows->addresses.push_back(address);
    rows->addresses.back().pool = id->second;
  }
}

void RememberVictims(const LearnedRows& stored, std::chrono::sys_days since,
                     std::chrono::sys_days today, LearnedRows* rows) {
  std::map<net::IpAddress, store::VictimRow*> victims;
  for (store::VictimRow& row : rows->victims) victims[row.address] = &row;
  std::vector<store::VictimRow> old;
  for (const store::VictimRow& row : stored.victims) {
    const auto at = victims.find(row.address);
    if (at != victims.end()) {
      at->second->days.first = std::min(at->second->days.first, row.days.first);
    } else if (IsOld(row.days, since, today)) {
      old.push_back(row);
    }
  }
  std::ranges::move(old, std::back_inserter(rows->victims));
}

void AddLearned(const LearnedRows& rows, judge::Reference* reference) {
  const PoolIndex pools = Index(rows);
  for (const LearnedPoolRow& pool : rows.pools) {
    if (pool.is_revoked) continue;
    reference->pooled_countries.insert(pool.network.country);
  }
  for (const LearnedAddressRow& row : rows.addresses) {
    const auto pool = pools.find(row.pool);
    if (pool == pools.end() || pool->second->is_revoked) continue;
    reference->learned[row.address].push_back(
        {.pool = row.pool,
         .country = pool->second->network.country,
         .names = row.registrable,
         .since = pool->second->days.first,
         .until = pool->second->days.last + learn::kPoolMemory});
  }
  for (const store::SharedAddressRow& row : rows.shared) {
    reference->shared[row.address].push_back({.country = row.network.country,
                                              .names = row.registrable,
                                              .forged = row.forged});
  }
}

std::vector<Change> FindChanges(const LearnedRows& before,
                                const LearnedRows& after) {
  const Standing old_ones = StandingOf(before);
  const Standing new_ones = StandingOf(after);
  std::vector<Change> changes;
  AppendMissing(old_ones, new_ones, &changes);
  AppendMissing(new_ones, old_ones, &changes);
  return changes;
}

}  // namespace taster::control
