// SPDX-License-Identifier: Apache-2.0
// The wire itself: carries frames between two links, late, lossy and watched.
#pragma once

#include <chrono>
#include <cstdint>
#include <random>

#include "tests/lab/censor/censor.h"
#include "tests/lab/censor/delay_queue.h"
#include "tests/lab/censor/link.h"
#include "tests/lab/censor/truth_log.h"

namespace taster::lab {

struct WireTraits {
  std::chrono::nanoseconds one_way_delay{0};
  double loss = 0;         // Share of frames lost, forged ones included.
  double duplication = 0;  // Share of frames that come twice.
  double reordering = 0;   // Share of frames held back for kHeldBack.
  std::uint64_t seed = 1;
};

// Long enough for a whole exchange to overtake a frame.
inline constexpr std::chrono::milliseconds kHeldBack{20};

struct WireCounts {
  std::uint64_t carried = 0;
  std::uint64_t forged = 0;
  std::uint64_t swallowed = 0;  // By the censor.
  std::uint64_t lost = 0;       // By chance.
  // By want of room, here or in the kernel; a test should see 0. What the
  // kernel lost is counted since the last look.
  std::uint64_t overflowed = 0;
};

// Left is the censored network, right the world. Everything passed in
// outlives the wire.
class Wire final {
 public:
  struct Parts {
    Link& left;
    Link& right;
    Censor& censor;
    TruthLog& truth_log;
  };
  Wire(Parts parts, WireTraits traits);

  // Takes in what has arrived at one side.
  void Accept(Side side);

  // Sends what is due.
  void Deliver();

  // Monotonic nanoseconds; nullopt: nothing waits.
  std::optional<std::uint64_t> NextDue() const { return queue_.NextDue(); }

  WireCounts counts() const;

 private:
  void Inspect(ByteView frame, Side from);
  void Enqueue(Frame frame);
  bool Happens(double share);

  Parts parts_;
  WireTraits traits_;
  std::mt19937_64 random_;
  DelayQueue queue_;
  WireCounts counts_;
};

std::uint64_t MonotonicNow();

}  // namespace taster::lab
