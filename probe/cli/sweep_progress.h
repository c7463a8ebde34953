// SPDX-License-Identifier: Apache-2.0
// Tells a person how far a sweep is; on stderr, never on stdout.
#pragma once

#include <chrono>
#include <cstdint>

#include "probe/cli/progress.h"
#include "probe/cli/sweep_counts.h"

namespace taster::cli {

class SweepProgress {
 public:
  explicit SweepProgress(ProgressStyle style) : style_(style) {}

  // `read` of `total` bytes of the list, 0: not known how many; the end is
  // reckoned from what was read since the first call. Shown at most as often
  // as the style bears.
  void Show(const SweepCounts& counts, std::uint64_t read, std::uint64_t total);
  // The last state, always shown unless quiet.
  void End(const SweepCounts& counts);

 private:
  using Clock = std::chrono::steady_clock;

  ProgressStyle style_;
  Clock::time_point next_{};
  Clock::time_point begun_{};
  std::uint64_t read_before_ = 0;
  std::uint64_t asked_before_ = 0;
};

}  // namespace taster::cli
