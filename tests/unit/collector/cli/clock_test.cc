// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/clock.h"

#include <gtest/gtest.h>

namespace taster::cli {
namespace {

TEST(Clock, TimesAreUtcWithMicroseconds) {
  const auto time = std::chrono::sys_time<std::chrono::microseconds>(
      std::chrono::microseconds(1'795'176'000'000'007));
  EXPECT_EQ(TimeToText(time), "2026-11-20T12:00:00.000007Z");
}

}  // namespace
}  // namespace taster::cli
