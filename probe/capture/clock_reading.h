// SPDX-License-Identifier: Apache-2.0
// Both clocks read together, so that the kernel's wall-clock receive stamps
// become intervals that a step of the wall clock does not falsify.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

namespace taster::capture {

using Stamp = std::chrono::sys_time<std::chrono::nanoseconds>;

struct ClockReading {
  std::chrono::steady_clock::time_point steady;
  Stamp wall;

  static ClockReading Take() {
    return {std::chrono::steady_clock::now(), std::chrono::system_clock::now()};
  }

  // When, by the steady clock, a datagram stamped `stamp` reached the kernel.
  // `earliest`: a moment at which it had certainly not come yet. A stamp that
  // cannot be (the wall clock was set meanwhile), or none: the reading itself.
  std::chrono::steady_clock::time_point Arrival(
      std::optional<Stamp> stamp,
      std::chrono::steady_clock::time_point earliest) const {
    // Wall and steady clock drift apart by at most 500 ppm while NTP slews.
    constexpr std::chrono::milliseconds kSlack{10};
    if (!stamp) return steady;
    const auto age = wall - *stamp;
    if (age < age.zero() || age > steady - earliest + kSlack) return steady;
    return std::max(steady - age, earliest);
  }
};

}  // namespace taster::capture
