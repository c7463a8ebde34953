// SPDX-License-Identifier: Apache-2.0
// How far loss can have moved the first step that drew a reply.
#pragma once

#include <array>
#include <cstdint>

#include "collector/judge/hop.h"

namespace taster::judge {

// How often a series asked at each IP TTL, and was answered.
class StepCounts {
 public:
  void Add(std::uint8_t query_ip_ttl, bool drew) {
    ++tries_[query_ip_ttl];
    if (drew) ++drawn_[query_ip_ttl];
  }

  // Of the steps from `first` on.
  int TriesFrom(int first) const { return Sum(tries_, first); }
  int DrawnFrom(int first) const { return Sum(drawn_, first); }
  // Different steps that were answered.
  int StepsDrawn() const;
  // nullopt: none drew anything.
  std::optional<std::uint8_t> FirstDrawn() const;

  // Where it may stand that answers from the step `first` on: `first` itself,
  // and lower as long as the silence in between may be loss. The chance of
  // one reply being lost is taken from the steps that it could answer, and
  // never below 20 %; what is less likely than 1 in 100,000 is ruled out.
  HopRange RangeUpTo(std::uint8_t first) const;
  // The same for one that never answered: the lowest step at which it may
  // stand. 256: it would have answered wherever it stands.
  int LeastIfSilent() const;
  // Whether so few were drawn that whoever answers half of what it sees would
  // draw so few less often than once in 100,000 times.
  bool IsChance() const;

 private:
  using Counts = std::array<int, 256>;
  static int Sum(const Counts& counts, int first);
  int LowestBelow(int first, double miss) const;

  Counts tries_{};
  Counts drawn_{};
};

}  // namespace taster::judge
