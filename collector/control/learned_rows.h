// SPDX-License-Identifier: Apache-2.0
// From what was learned to rows, and from rows to what the judge looks at.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "collector/judge/network.h"
#include "collector/judge/reference.h"
#include "collector/learn/pools.h"
#include "collector/store/learned_store.h"

namespace taster::control {

struct LearnedIn {
  judge::Network network;
  learn::Learned learned;
};

// Takes out pools of which at least half stands in a revoked pool of the same
// network, so that a name for it that changed does not bring it back.
void DropRevoked(const store::LearnedRows& stored,
                 std::vector<LearnedIn>* learned);

// Pools, their members and shared addresses; no victims.
store::LearnedRows RowsOf(const std::vector<LearnedIn>& learned,
                          store::Time now);

// Adds pools that evidence from `since` on cannot show any more but that are
// still held against somebody on `today`, learn::kPoolMemory after their last
// day.
void Remember(const store::LearnedRows& stored, std::chrono::sys_days since,
              std::chrono::sys_days today, store::LearnedRows* rows);

// Adds older victims alike, and says since when the present ones are known.
void RememberVictims(const store::LearnedRows& stored,
                     std::chrono::sys_days since, std::chrono::sys_days today,
                     store::LearnedRows* rows);

// Adds what is not revoked to a reference, as learn::AddTo does.
void AddLearned(const store::LearnedRows& rows, judge::Reference* reference);

// An address that is learned in one of two states only, and the names that are
// known to have drawn it.
struct Change {
  judge::Network network;
  net::IpAddress address;
  std::vector<std::string> names;
};
std::vector<Change> FindChanges(const store::LearnedRows& before,
                                const store::LearnedRows& after);

}  // namespace taster::control
