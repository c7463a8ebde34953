// SPDX-License-Identifier: Apache-2.0
// Injector 2's fingerprint.
#include "tests/lab/censor/gfw2.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/unit/lab/queries.h"

namespace taster::lab {
namespace {

class Gfw2Test : public testing::Test {
 protected:
  Emission Forge(const QuerySpec& spec) {
    const Decision decision = Ask(censor_, spec);
    return *From(Injector::kGfw2, decision);
  }
  Censor censor_{MakeRules(), 5};
};

TEST_F(Gfw2Test, FlagsNeverFollowRd) {
  EXPECT_EQ(FlagsOf(Forge({.name = "both.test"})), 0x8180);
  EXPECT_EQ(FlagsOf(Forge({.name = "both.test", .recursion_desired = false})),
            0x8180);
}

TEST_F(Gfw2Test, EverythingElseIsRandomAndDfIsSet) {
  std::set<int> ip_ttls;
  std::set<std::uint32_t> rr_ttls;
  std::set<Bytes> addresses;
  for (int i = 0; i < 200; ++i) {
    const Emission emission = Forge({.name = "both.test"});
    EXPECT_TRUE(emission.traits.dont_fragment);
    EXPECT_EQ(emission.packet[6], 0x40);
    EXPECT_NE(emission.traits.ip_id, 0);
    EXPECT_GE(RrTtlOf(emission), 60u);
    EXPECT_LE(RrTtlOf(emission), 300u);
    ip_ttls.insert(emission.traits.ip_ttl);
    rr_ttls.insert(RrTtlOf(emission));
    addresses.insert(RdataOf(emission));
  }
  EXPECT_GT(ip_ttls.size(), 50u);
  EXPECT_GT(rr_ttls.size(), 50u);
  EXPECT_EQ(addresses.size(), 4u);
}

TEST_F(Gfw2Test, AaaaEmbedsThePoolInTeredo) {
  for (int i = 0; i < 50; ++i) {
    const Emission emission = Forge({.name = "both.test", .type = kTypeAaaa});
    const Bytes rdata = RdataOf(emission);
    EXPECT_EQ(TypeOf(emission), kTypeAaaa);
    EXPECT_EQ(Bytes(rdata.begin(), rdata.begin() + 12),
              (Bytes{0x20, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
    EXPECT_EQ(rdata[12], 1);
    EXPECT_TRUE(rdata[15] >= 1 && rdata[15] <= 4);
  }
}

TEST_F(Gfw2Test, SmallGroupsHaveTheirOwnPoolsAndOneAaaa) {
  const struct {
    const char* name;
    std::uint8_t first_byte;
  } groups[] = {{"p20.test", 2}, {"legacy.test", 3}, {"s10.test", 4}};
  for (const auto& group : groups) {
    EXPECT_EQ(RdataOf(Forge({.name = group.name})),
              (Bytes{group.first_byte, 0, 0, 1}));
    EXPECT_EQ(RdataOf(Forge({.name = group.name, .type = kTypeAaaa})),
              (Bytes{0x20, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
  }
}

TEST_F(Gfw2Test, OtherTypesDrawAnAAndHttpsDrawsHints) {
  const Emission text = Forge({.name = "both.test", .type = 16});
  EXPECT_EQ(TypeOf(text), kTypeA);
  EXPECT_EQ(RdataOf(text).size(), 4u);
  const Emission https = Forge({.name = "both.test", .type = kTypeHttps});
  EXPECT_EQ(TypeOf(https), kTypeHttps);
  EXPECT_EQ(RdataOf(https).size(), 38u);
}

}  // namespace
}  // namespace taster::lab
