// SPDX-License-Identifier: Apache-2.0
// Injector 3's fingerprint.
#include "tests/lab/censor/gfw3.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/unit/lab/queries.h"

namespace taster::lab {
namespace {

class Gfw3Test : public testing::Test {
 protected:
  Emission Forge(const QuerySpec& spec) {
    const Decision decision = Ask(censor_, spec);
    return *From(Injector::kGfw3, decision);
  }
  bool Answers(const QuerySpec& spec) {
    return From(Injector::kGfw3, Ask(censor_, spec)) != nullptr;
  }
  Censor censor_{MakeRules(), 11};
};

TEST_F(Gfw3Test, FlagsFlipWithoutRd) {
  EXPECT_EQ(FlagsOf(Forge({.name = "both.test"})), 0x8180);
  EXPECT_EQ(FlagsOf(Forge({.name = "both.test", .recursion_desired = false})),
            0x8400);
}

TEST_F(Gfw3Test, MirrorsTheTtlAndHasNeitherDfNorId) {
  for (const bool is_ipv6 : {false, true}) {
    for (const std::uint8_t ip_ttl : Bytes{1, 40, 63, 255}) {
      const Emission emission =
          Forge({.name = "face.test", .is_ipv6 = is_ipv6, .ip_ttl = ip_ttl});
      EXPECT_EQ(ParseUdp(emission.packet)->ip_ttl, ip_ttl);
      if (!is_ipv6) {
        const Bytes id_and_fragment(emission.packet.begin() + 4,
                                    emission.packet.begin() + 8);
        EXPECT_EQ(id_and_fragment, Bytes(4));
      }
    }
  }
}

TEST_F(Gfw3Test, OneFourTupleWalksThePoolInOrder) {
  const auto last_byte = [&] {
    return RdataOf(Forge({.name = "face.test"})).back();
  };
  int before = last_byte();
  for (int i = 0; i < 12; ++i) {
    const int now = last_byte();
    EXPECT_EQ(now, before % 4 + 1);
    before = now;
  }
}

TEST_F(Gfw3Test, AaaaWalksItsOwnPool) {
  const QuerySpec spec{.name = "face.test", .type = kTypeAaaa};
  int before = RdataOf(Forge(spec))[2];
  for (int i = 0; i < 9; ++i) {
    const int now = RdataOf(Forge(spec))[2];
    EXPECT_EQ(now, before % 3 + 1);
    before = now;
  }
}

TEST(Gfw3ProcessTest, PortsSpreadOverThreeProcessesThatStandApart) {
  const Rules rules = MakeRules();
  std::mt19937_64 random(1);
  const Gfw3 injector(rules.pools, 3, random);
  std::set<std::size_t> seen;
  for (std::uint16_t port = 40000; port < 40060; ++port) {
    const Bytes packet = MakePacket({.name = "face.test", .source_port = port});
    const std::size_t process = injector.ProcessOf(*ParseUdp(packet));
    EXPECT_EQ(process, injector.ProcessOf(*ParseUdp(packet)));
    seen.insert(process);
  }
  EXPECT_EQ(seen, (std::set<std::size_t>{0, 1, 2}));
}

TEST_F(Gfw3Test, LongNamesEscape) {
  // "face.test" takes 11 bytes of wire; each label adds its length and one.
  const std::string fits = std::string(57, 'a') + "." + std::string(56, 'b');
  const std::string too_long =
      std::string(57, 'a') + "." + std::string(57, 'b');
  ASSERT_EQ(EncodeName(fits + ".face.test").size(), 126u);
  EXPECT_TRUE(Answers({.name = fits + ".face.test"}));
  EXPECT_FALSE(Answers({.name = too_long + ".face.test"}));
}

TEST_F(Gfw3Test, OtherTypesDrawAnAAndHttpsDrawsHints) {
  EXPECT_EQ(TypeOf(Forge({.name = "face.test", .type = 16})), kTypeA);
  const Emission https = Forge({.name = "face.test", .type = kTypeHttps});
  EXPECT_EQ(TypeOf(https), kTypeHttps);
  EXPECT_EQ(RdataOf(https).size(), 38u);
  const Emission ipv4_only = Forge({.name = "teredo.test", .type = kTypeHttps});
  EXPECT_EQ(RdataOf(ipv4_only).size(), 18u);
}

TEST_F(Gfw3Test, ReadsLabelsThatRfc1035Forbids) {
  Bytes message = MakeMessage({.name = "x.face.test"});
  message[12] = 100;
  message.insert(message.begin() + 13, 99, 'a');
  const Bytes packet = MakePacket({}, message);
  const Decision decision = censor_.Decide(packet, Direction::kOutward);
  ASSERT_EQ(decision.emissions.size(), 1u);
  EXPECT_EQ(decision.emissions[0].injector, Injector::kGfw3);
}

}  // namespace
}  // namespace taster::lab
