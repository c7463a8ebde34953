// SPDX-License-Identifier: Apache-2.0
// What a sweep counts. Names that nobody answered are counts and nothing else.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

#include "probe/plan/target_name.h"

namespace taster::cli {

inline constexpr std::size_t kBadNames =
    static_cast<std::size_t>(plan::BadName::kSpecialUse) + 1;

// All of names whose questions are over, in the order of the list.
struct SweepCounts {
  std::uint64_t entries = 0;   // Of the list: asked and malformed.
  std::uint64_t asked = 0;     // Names.
  std::uint64_t answered = 0;  // Of those: with at least one datagram.
  std::uint64_t unsent = 0;    // Of those: a query of theirs could not leave.
  std::uint64_t replies = 0;   // Datagrams.
  std::uint64_t icmp = 0;      // ICMP errors.
  std::array<std::uint64_t, kBadNames> malformed{};  // By plan::BadName.
  std::chrono::milliseconds duration{0};             // Of asking.

  std::uint64_t all_malformed() const {
    std::uint64_t all = 0;
    for (const auto count : malformed) all += count;
    return all;
  }
  double rate() const {  // Names a second.
    const double seconds = std::chrono::duration<double>(duration).count();
    return seconds > 0 ? static_cast<double>(asked) / seconds : 0;
  }
};

}  // namespace taster::cli
