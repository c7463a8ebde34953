// SPDX-License-Identifier: Apache-2.0
// What a control probe still knows at its next start.
#include "probe/cli/visited.h"

#include <gtest/gtest.h>

#include "probe/consent/state_file.h"
#include "tests/unit/probe/scratch_directory.h"

namespace taster::cli {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr Clocks kThen{.steady = plan::Instant(hours(1000)),
                       .wall = std::chrono::sys_seconds(hours(500'000))};

net::IpAddress Ip(std::string_view text) {
  return net::IpAddress::Parse(text).value();
}

class VisitedTest : public testing::Test {
 protected:
  // What an earlier process leaves, which visited two addresses.
  void Leave() {
    plan::CheckLedger earlier{hours(24)};
    ASSERT_TRUE(earlier.Take(Ip("192.0.2.1"), kThen.steady - hours(20)));
    ASSERT_TRUE(earlier.Take(Ip("2001:db8::1"), kThen.steady));
    ASSERT_TRUE(SaveVisited(directory_.path(), earlier, kThen).ok());
  }
  // The next one's steady clock has another epoch.
  Clocks Later(seconds after) const {
    return {.steady = plan::Instant(hours(50)), .wall = kThen.wall + after};
  }

  ScratchDirectory directory_;
  plan::CheckLedger ledger_{hours(24)};
};

TEST_F(VisitedTest, RestGoesOnOverARestart) {
  Leave();
  const auto now = Later(hours(3));
  ASSERT_TRUE(LoadVisited(directory_.path(), now, &ledger_).ok());
  EXPECT_FALSE(ledger_.Take(Ip("192.0.2.1"), now.steady));
  EXPECT_FALSE(ledger_.Take(Ip("2001:db8::1"), now.steady));
  EXPECT_TRUE(ledger_.Take(Ip("192.0.2.1"), now.steady + hours(1)));
  EXPECT_FALSE(ledger_.Take(Ip("2001:db8::1"), now.steady + hours(1)));
}

TEST_F(VisitedTest, AClockThatWasSetBackShortensNoRest) {
  Leave();
  const auto now = Later(-hours(100));
  ASSERT_TRUE(LoadVisited(directory_.path(), now, &ledger_).ok());
  EXPECT_FALSE(ledger_.Take(Ip("192.0.2.1"), now.steady + hours(23)));
}

TEST_F(VisitedTest, NoFileIsAFirstStartAndADamagedOneIsToldOf) {
  EXPECT_TRUE(LoadVisited(directory_.path(), Later({}), &ledger_).ok());
  for (const char* text : {"noon 192.0.2.1\n", "17 nobody\n", "17", "\n"}) {
    ASSERT_TRUE(
        consent::WriteStateFile(directory_.path() / "visited", text).ok());
    EXPECT_TRUE(absl::IsFailedPrecondition(
        LoadVisited(directory_.path(), Later({}), &ledger_)))
        << text;
  }
}

}  // namespace
}  // namespace taster::cli
