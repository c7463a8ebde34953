// SPDX-License-Identifier: Apache-2.0
// How many queries of a sweep may leave now: an even pace under a fixed rate.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace taster::plan {

// Who sweeps hosts of their own hides from nobody, so the gaps are even and
// not drawn as a Pacer draws them. What could not leave in time is caught up
// for 20 ms' worth at most. Not thread-safe.
class SweepPace {
 public:
  using Instant = std::chrono::steady_clock::time_point;

  // REQUIRES: rate > 0, queries per second.
  SweepPace(double rate, Instant now)
      : rate_(rate), most_(std::max(1.0, rate * kCatchUp)), last_(now) {}

  std::size_t Allowed(Instant now) {
    const double seconds = std::chrono::duration<double>(now - last_).count();
    last_ = now;
    saved_ = std::min(most_, saved_ + seconds * rate_);
    return saved_ > 0 ? static_cast<std::size_t>(saved_) : 0;
  }
  void Sent(std::size_t queries) { saved_ -= static_cast<double>(queries); }
  // Until one more may leave, seen from the last call of Allowed.
  std::chrono::duration<double> UntilNext() const {
    return std::chrono::duration<double>(std::max(0.0, (1 - saved_) / rate_));
  }

 private:
  static constexpr double kCatchUp = 0.02;  // Seconds.

  double rate_;
  double most_;
  double saved_ = 1;
  Instant last_;
};

}  // namespace taster::plan
