// SPDX-License-Identifier: Apache-2.0
// Who answers for which group, and what passes untouched.
#include "tests/lab/censor/censor.h"

#include <gtest/gtest.h>

#include "tests/unit/lab/queries.h"

namespace taster::lab {
namespace {

class CensorTest : public testing::Test {
 protected:
  // Injector numbers that answer, as digits in order.
  std::string Answering(const std::string& name, std::uint16_t type) {
    const Decision decision = Ask(censor_, {.name = name, .type = type});
    std::string digits;
    for (const Emission& emission : decision.emissions) {
      digits.push_back(NameOf(emission.injector).back());
    }
    return digits;
  }
  Censor censor_{MakeRules(), 7};
};

TEST_F(CensorTest, GroupsDecideWhoAnswers) {
  EXPECT_EQ(Answering("both.test", kTypeA), "23");
  EXPECT_EQ(Answering("both.test", kTypeAaaa), "23");
  EXPECT_EQ(Answering("teredo.test", kTypeA), "23");
  EXPECT_EQ(Answering("teredo.test", kTypeAaaa), "2");
  EXPECT_EQ(Answering("face.test", kTypeA), "3");
  EXPECT_EQ(Answering("face.test", kTypeAaaa), "3");
  EXPECT_EQ(Answering("google.test", kTypeA), "123");
  EXPECT_EQ(Answering("google.test", kTypeAaaa), "23");
  for (const char* name : {"p20.test", "legacy.test", "s10.test"}) {
    EXPECT_EQ(Answering(name, kTypeA), "2");
    EXPECT_EQ(Answering(name, kTypeAaaa), "2");
  }
}

TEST_F(CensorTest, SubdomainsAndAnyCaseAreForged) {
  EXPECT_EQ(Answering("www.both.test", kTypeA), "23");
  EXPECT_EQ(Answering("BOTH.TEST", kTypeA), "23");
  EXPECT_EQ(Answering("both.test.org", kTypeA), "");
  EXPECT_EQ(Answering("control.plain.test", kTypeA), "");
}

TEST_F(CensorTest, KeepsTheCaseOfTheQuestion) {
  const Decision decision = Ask(censor_, {.name = "wWw.GoOgLe.tEsT"});
  const Bytes qname = EncodeName("wWw.GoOgLe.tEsT");
  ASSERT_EQ(decision.emissions.size(), 3u);
  for (const Emission& emission : decision.emissions) {
    const auto begin = emission.message.begin() + 12;
    EXPECT_TRUE(std::equal(qname.begin(), qname.end(), begin));
  }
}

TEST_F(CensorTest, AnswersPretendToComeFromTheServerAsked) {
  for (const bool is_ipv6 : {false, true}) {
    const QuerySpec spec{.name = "both.test", .id = 0xBEEF, .is_ipv6 = is_ipv6};
    const Bytes packet = MakePacket(spec);
    const UdpPacket query = *ParseUdp(packet);
    const Decision decision = censor_.Decide(packet, Direction::kOutward);
    EXPECT_FALSE(decision.drops_packet);
    ASSERT_EQ(decision.emissions.size(), 2u);
    for (const Emission& emission : decision.emissions) {
      const auto forged = ParseUdp(emission.packet);
      ASSERT_TRUE(forged.has_value());
      EXPECT_TRUE(std::ranges::equal(forged->source, query.destination));
      EXPECT_TRUE(std::ranges::equal(forged->destination, query.source));
      EXPECT_EQ(forged->source_port, 53);
      EXPECT_EQ(forged->destination_port, 40000);
      EXPECT_EQ(forged->payload[0], 0xBE);
      EXPECT_TRUE(std::ranges::equal(forged->payload, emission.message));
      EXPECT_LT(emission.delay, std::chrono::milliseconds(1));
    }
  }
}

TEST_F(CensorTest, OtherPortsAndMalformedPacketsPass) {
  const Decision other_port =
      Ask(censor_, {.name = "both.test", .destination_port = 5353});
  EXPECT_TRUE(other_port.emissions.empty());
  const Bytes packet = MakePacket({.name = "both.test"});
  for (std::size_t length = 0; length < packet.size(); ++length) {
    const ByteView cut = ByteView(packet).first(length);
    const Decision decision = censor_.Decide(cut, Direction::kOutward);
    EXPECT_TRUE(decision.emissions.empty());
    EXPECT_FALSE(decision.drops_packet);
  }
}

TEST_F(CensorTest, DropSwallowsTheQuery) {
  const Decision decision = Ask(censor_, {.name = "a.drop.test"});
  EXPECT_TRUE(decision.drops_packet);
  EXPECT_TRUE(decision.emissions.empty());
}

TEST_F(CensorTest, ThinNamesLoseTheFirstQueryOfEachType) {
  Rules rules = MakeRules();
  rules.thin_names.insert("thin.test");
  Censor censor(std::move(rules), 7);
  for (const std::uint16_t type : {kTypeA, kTypeAaaa}) {
    const QuerySpec spec{.name = "thin.test", .type = type};
    EXPECT_TRUE(Ask(censor, spec).drops_packet);
    EXPECT_FALSE(Ask(censor, spec).drops_packet);
  }
  EXPECT_FALSE(Ask(censor, {.name = "thick.test"}).drops_packet);
}

TEST_F(CensorTest, LooksInwardOnlyWhenTold) {
  const Bytes packet = MakePacket({.name = "both.test"});
  EXPECT_TRUE(censor_.Decide(packet, Direction::kInward).emissions.empty());
  Rules both_ways = MakeRules();
  both_ways.inspects_inward = true;
  Censor censor(both_ways, 7);
  EXPECT_EQ(censor.Decide(packet, Direction::kInward).emissions.size(), 2u);
}

TEST_F(CensorTest, TheSameSeedForgesTheSame) {
  Censor twin(MakeRules(), 7);
  for (int i = 0; i < 20; ++i) {
    const Decision one = Ask(censor_, {.name = "google.test"});
    const Decision other = Ask(twin, {.name = "google.test"});
    for (std::size_t at = 0; at < 3; ++at) {
      EXPECT_EQ(one.emissions[at].packet, other.emissions[at].packet);
      EXPECT_EQ(one.emissions[at].delay, other.emissions[at].delay);
    }
  }
}

}  // namespace
}  // namespace taster::lab
