// SPDX-License-Identifier: Apache-2.0
// Injector 1's fingerprint.
#include "tests/lab/censor/gfw1.h"

#include <gtest/gtest.h>

#include "tests/unit/lab/queries.h"

namespace taster::lab {
namespace {

class Gfw1Test : public testing::Test {
 protected:
  Decision Forge(QuerySpec spec) {
    spec.name = "www.google.test";
    return Ask(censor_, spec);
  }
  Censor censor_{MakeRules(), 3};
};

TEST_F(Gfw1Test, IsAuthoritativeAndEchoesRd) {
  EXPECT_EQ(FlagsOf(*From(Injector::kGfw1, Forge({}))), 0x8580);
  const Decision without_rd = Forge({.recursion_desired = false});
  EXPECT_EQ(FlagsOf(*From(Injector::kGfw1, without_rd)), 0x8480);
}

TEST_F(Gfw1Test, OwnerIsWrittenOutAndTtlIsSixty) {
  const Decision decision = Forge({});
  const Emission& emission = *From(Injector::kGfw1, decision);
  const Bytes qname = EncodeName("www.google.test");
  EXPECT_TRUE(std::equal(qname.begin(), qname.end(),
                         emission.message.begin() + 12 +
                             static_cast<std::ptrdiff_t>(qname.size()) + 4));
  EXPECT_EQ(RrTtlOf(emission), 60u);
  EXPECT_EQ(TypeOf(emission), kTypeA);
  EXPECT_EQ(RdataOf(emission), (Bytes{5, 0, 0, 1}));
}

TEST_F(Gfw1Test, IpTtlAndIpIdCountUp) {
  IpTraits before = From(Injector::kGfw1, Forge({}))->traits;
  for (int i = 0; i < 600; ++i) {
    const IpTraits traits = From(Injector::kGfw1, Forge({}))->traits;
    EXPECT_EQ(traits.ip_ttl, before.ip_ttl == 255 ? 40 : before.ip_ttl + 1);
    EXPECT_EQ(traits.ip_id, std::uint16_t(before.ip_id + 1));
    EXPECT_FALSE(traits.dont_fragment);
    before = traits;
  }
}

TEST_F(Gfw1Test, AnswersNothingButA) {
  for (const std::uint16_t type : {kTypeAaaa, kTypeHttps}) {
    EXPECT_EQ(From(Injector::kGfw1, Forge({.type = type})), nullptr);
  }
}

}  // namespace
}  // namespace taster::lab
