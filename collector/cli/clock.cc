// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/clock.h"

#include <cstdio>

#include "collector/reference/day.h"

namespace taster::cli {

store::Time Now() {
  return std::chrono::floor<std::chrono::microseconds>(
      std::chrono::system_clock::now());
}

std::string TimeToText(store::Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss clock(time - day);
  char text[48];
  std::snprintf(text, sizeof(text), "T%02d:%02d:%02d.%06dZ",
                static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()),
                static_cast<int>(clock.subseconds().count()));
  return reference::DayText(day) + text;
}

}  // namespace taster::cli
