// SPDX-License-Identifier: Apache-2.0
// Doubles the range, draws from all of it.
#include "probe/uplink/backoff.h"

#include <algorithm>

namespace taster::uplink {
namespace {

constexpr int kMostDoublings = 20;

}  // namespace

std::chrono::milliseconds Backoff::Next() {
  failures_ = std::min(failures_ + 1, kMostDoublings);
  const auto range = std::min(limits_.most, limits_.least * (1 << failures_));
  std::uniform_int_distribution<std::int64_t> draw(limits_.least.count(),
                                                   range.count());
  return std::chrono::milliseconds(draw(rng_));
}

}  // namespace taster::uplink
