// SPDX-License-Identifier: Apache-2.0
#include "collector/reference/day.h"

#include <gtest/gtest.h>

namespace taster::reference {
namespace {

TEST(Day, RoundTrips) {
  for (const auto* text : {"2026-11-22", "2015-01-02", "2024-02-29"}) {
    const auto day = ParseDay(text);
    ASSERT_TRUE(day.has_value()) << text;
    EXPECT_EQ(DayText(*day), text);
  }
}

TEST(Day, RefusesWhatIsNone) {
  for (const auto* text :
       {"", "2026-11-31", "2023-02-29", "2026-13-01", "2026-00-10", "2026-11-2",
        "2026/11/22", "-026-11-22x", "2026-11-22 ", "20261122", "2026-+1-22",
        "2026--1-22"}) {
    EXPECT_FALSE(ParseDay(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace taster::reference
