// SPDX-License-Identifier: Apache-2.0
// What the machine says is read with care; state survives restarts.
#include "probe/cli/host.h"

#include <gtest/gtest.h>

#include "probe/cli/allowance.h"
#include "probe/cli/secret.h"
#include "probe/cli/terminal_text.h"
#include "probe/consent/state_file.h"
#include "probe/plan/address_policy.h"
#include "tests/unit/probe/scratch_directory.h"

namespace taster::cli {
namespace {

constexpr std::chrono::sys_days kDay{std::chrono::days(20'000)};
constexpr std::chrono::days kOne{1};

TEST(ResolvConf, NameserversInOrderAtMostThree) {
  const auto servers = ParseResolvConf(
      "# nameserver 1.1.1.1\nsearch lan\n nameserver\t192.168.1.1 # router\n"
      "nameserver fe80::1%eth0\nnameserver\nnameserver 2001:db8::1\n"
      "nameserver nonsense\nnameserver 9.9.9.9\nnameserver 8.8.8.8");
  ASSERT_EQ(servers.size(), 3u);
  EXPECT_EQ(servers[0].ToString(), "192.168.1.1:53");
  EXPECT_EQ(servers[1].ToString(), "[2001:db8::1]:53");
  EXPECT_EQ(servers[2].ToString(), "9.9.9.9:53");
  EXPECT_TRUE(ParseResolvConf("").empty());
}

TEST(OwnAddresses, ArePublicOnly) {
  for (const auto& address : OwnPublicAddresses()) {
    EXPECT_FALSE(plan::IsReserved(address));
  }
}

TEST(Allowance, IsTakenOncePerDay) {
  const ScratchDirectory scratch;
  EXPECT_TRUE(TakeAllowance(scratch.path(), kDay, 3000, 5000).ok());
  EXPECT_TRUE(absl::IsResourceExhausted(
      TakeAllowance(scratch.path(), kDay, 2001, 5000)));
  EXPECT_TRUE(TakeAllowance(scratch.path(), kDay, 2000, 5000).ok());
  EXPECT_FALSE(TakeAllowance(scratch.path(), kDay, 1, 5000).ok());
  // A clock that was set back gives nothing back.
  EXPECT_FALSE(TakeAllowance(scratch.path(), kDay - kOne, 1, 5000).ok());
  EXPECT_TRUE(TakeAllowance(scratch.path(), kDay + kOne, 5000, 5000).ok());
}

TEST(Allowance, UncappedProfilesNeedNoFileDamagedFilesStop) {
  const ScratchDirectory scratch;
  EXPECT_TRUE(TakeAllowance(scratch.path(), kDay, 1'000'000, 0).ok());
  EXPECT_FALSE(std::filesystem::exists(scratch.path() / "allowance"));
  ASSERT_TRUE(consent::WriteStateFile(scratch.path() / "allowance",
                                      std::string(10, '\0'))
                  .ok());
  EXPECT_FALSE(TakeAllowance(scratch.path(), kDay, 1, 5000).ok());
}

TEST(Secret, IsMadeOnceAndNeverReplaced) {
  const ScratchDirectory scratch;
  const auto made = LoadOrCreateSecret(scratch.path());
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(*LoadOrCreateSecret(scratch.path()), *made);
  ASSERT_TRUE(
      consent::WriteStateFile(scratch.path() / "secret", "damaged").ok());
  EXPECT_FALSE(LoadOrCreateSecret(scratch.path()).ok());
  EXPECT_EQ(consent::ReadStateFile(scratch.path() / "secret", 99).value(),
            "damaged");
}

TEST(TerminalText, NothingReachesATerminal) {
  EXPECT_EQ(Printable("a\x1b[31m\xe2\x80\xae\n"),
            "a\\x1b[31m\\xe2\\x80\\xae\n");
  EXPECT_EQ(JsonText("a\"b\\c\n\x7f"), "\"a\\\"b\\\\c\\u000a\\u007f\"");
}

}  // namespace
}  // namespace taster::cli
