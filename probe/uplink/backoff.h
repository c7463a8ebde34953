// SPDX-License-Identifier: Apache-2.0
// How long to wait after a failure: full jitter, so that probes that lost the
// collector together do not come back together.
#pragma once

#include <chrono>
#include <cstdint>
#include <random>

namespace taster::uplink {

struct BackoffLimits {
  std::chrono::milliseconds least{std::chrono::seconds(1)};
  std::chrono::milliseconds most{std::chrono::hours(1)};
};

class Backoff {
 public:
  Backoff(BackoffLimits limits, std::uint64_t seed)
      : limits_(limits), rng_(seed) {}

  // Uniform between `least` and least * 2^failures, at most `most`.
  std::chrono::milliseconds Next();
  void Reset() { failures_ = 0; }

 private:
  BackoffLimits limits_;
  std::mt19937_64 rng_;
  int failures_ = 0;
};

}  // namespace taster::uplink
