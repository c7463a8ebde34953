// SPDX-License-Identifier: Apache-2.0
// Sums and powers.
#include "collector/judge/hop_bounds.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace taster::judge {
namespace {

// A path that loses less in what was seen may have lost more in what was not.
constexpr double kLeastMiss = 0.2;
// Two misses are added to what was counted, so that few tries prove little.
constexpr double kAddedMisses = 2;
constexpr double kRuledOut = 1e-5;
// No path is longer: packets leave with 64 at least.
constexpr int kLongestPath = 48;

}  // namespace

int StepCounts::Sum(const Counts& counts, int first) {
  return std::accumulate(counts.begin() + first, counts.end(), 0);
}

int StepCounts::StepsDrawn() const {
  return static_cast<int>(
      std::ranges::count_if(drawn_, [](int count) { return count > 0; }));
}

std::optional<std::uint8_t> StepCounts::FirstDrawn() const {
  const auto first =
      std::ranges::find_if(drawn_, [](int count) { return count > 0; });
  if (first == drawn_.end()) return {};
  return static_cast<std::uint8_t>(first - drawn_.begin());
}

int StepCounts::LowestBelow(int first, double miss) const {
  double chance = 1;
  int lowest = first;
  for (int step = first - 1; step >= 1; --step) {
    chance *= std::pow(miss, tries_[static_cast<std::size_t>(step)]);
    if (chance < kRuledOut) break;
    lowest = step;
  }
  return lowest;
}

HopRange StepCounts::RangeUpTo(std::uint8_t first) const {
  const double tries = TriesFrom(first) + 2 * kAddedMisses;
  const double misses = TriesFrom(first) - DrawnFrom(first) + kAddedMisses;
  const double miss = std::max(kLeastMiss, misses / tries);
  return {static_cast<std::uint8_t>(LowestBelow(first, miss)), first};
}

int StepCounts::LeastIfSilent() const {
  const double beyond = std::pow(kLeastMiss, TriesFrom(kLongestPath));
  return beyond < kRuledOut ? 256 : LowestBelow(256, kLeastMiss);
}

bool StepCounts::IsChance() const {
  const int tries = TriesFrom(0);
  // Of `drawn` or fewer among `tries`, each with a chance of one half.
  double term = std::pow(0.5, tries);
  double chance = term;
  for (int drawn = 1; drawn <= DrawnFrom(0); ++drawn) {
    term *= static_cast<double>(tries - drawn + 1) / drawn;
    chance += term;
  }
  return chance < kRuledOut;
}

}  // namespace taster::judge
