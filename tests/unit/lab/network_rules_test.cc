// SPDX-License-Identifier: Apache-2.0
// What holds for whole networks: read, and applied by the censor.
#include "tests/lab/censor/network_rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>

#include "tests/unit/lab/segments.h"

namespace taster::lab {
namespace {

NetworkRules Read(std::initializer_list<std::string> lines) {
  NetworkRules rules;
  for (const std::string& line : lines) {
    std::istringstream fields(line);
    std::string key;
    fields >> key;
    EXPECT_TRUE(IsNetworkRule(key)) << line;
    EXPECT_TRUE(ReadNetworkRule(key, fields, rules).ok()) << line;
  }
  return rules;
}

Censor MakeCensor(std::initializer_list<std::string> lines) {
  Rules rules = MakeRules();
  rules.network = Read(lines);
  return Censor(std::move(rules), 7);
}

TEST(NetworkTest, CountsItsBitsAlone) {
  const Network network{{10, 9, 32, 0}, 20};
  EXPECT_TRUE(network.Contains(Ipv4{10, 9, 47, 255}));
  EXPECT_FALSE(network.Contains(Ipv4{10, 9, 48, 0}));
  EXPECT_FALSE(network.Contains(Ipv6{10, 9, 32}));
  EXPECT_TRUE((Network{{}, 0}).Contains(Ipv4{8, 8, 8, 8}));
  EXPECT_FALSE((Network{{10, 9, 0, 2}, 32}).Contains(Ipv4{10, 9, 0, 3}));
}

TEST(NetworkRulesTest, RefusesWhatItDoesNotUnderstand) {
  for (const char* line :
       {"block 10.9.0.0 853 drop", "block 10.9.0.0/33 853 drop",
        "block 10.9.0.0/24 853 maybe", "block 10.9.0.0/24 853",
        "redirect 10.9.0.0/24 icmp 53 10.9.3.53",
        "redirect 10.9.0.0/24 udp 53 nowhere", "cut"}) {
    std::istringstream fields(line);
    std::string key;
    fields >> key;
    NetworkRules rules;
    EXPECT_TRUE(absl::IsInvalidArgument(ReadNetworkRule(key, fields, rules)))
        << line;
  }
  EXPECT_FALSE(IsNetworkRule("pool"));
}

TEST(NetworkRulesTest, BlockedPortsAreSilentOrClosed) {
  const Bytes opening = MakeSegment({.port = 853, .flags = kSyn}, {});
  Censor silent = MakeCensor({"block 10.9.0.0/24 853 drop"});
  const Decision dropped = silent.Decide(opening, Direction::kOutward);
  EXPECT_TRUE(dropped.drops_packet);
  EXPECT_TRUE(dropped.resets.empty());
  Censor closed = MakeCensor({"block 10.9.0.0/24 853 reset"});
  const Decision refused = closed.Decide(opening, Direction::kOutward);
  EXPECT_TRUE(refused.drops_packet);
  ASSERT_EQ(refused.resets.size(), 1u);
  EXPECT_TRUE(refused.resets[0].goes_back);
}

TEST(NetworkRulesTest, OtherPortsNetworksAndWaysPass) {
  Censor censor =
      MakeCensor({"block 10.9.0.0/24 853 reset", "block 10.9.9.0/24 443 drop"});
  constexpr std::uint16_t kOthers[] = {443, 53, 8443};
  for (const std::uint16_t port : kOthers) {
    const Bytes opening = MakeSegment({.port = port, .flags = kSyn}, {});
    EXPECT_FALSE(censor.Decide(opening, Direction::kOutward).drops_packet);
  }
  const Bytes inward = MakeSegment({.port = 853, .flags = kSyn}, {});
  EXPECT_FALSE(censor.Decide(inward, Direction::kInward).drops_packet);
}

TEST(NetworkRulesTest, QuestionsForCutNamesResetBothEnds) {
  Censor censor = MakeCensor({"cut cut.test"});
  const Bytes question =
      MakeSegment({}, MakeStreamMessage({.name = "cUt.TeSt"}));
  const Decision decision = censor.Decide(question, Direction::kOutward);
  // On the path, not in it: what passes cannot be held back.
  EXPECT_FALSE(decision.drops_packet);
  EXPECT_EQ(decision.resets.size(), 6u);
  EXPECT_EQ(std::ranges::count(decision.resets, true, &Reset::goes_back), 3);
}

TEST(NetworkRulesTest, OtherQuestionsAreNotCut) {
  Censor censor = MakeCensor({"cut cut.test"});
  for (const char* name : {"uncut.test", "www.cut.test", "control.test"}) {
    const Bytes question = MakeSegment({}, MakeStreamMessage({.name = name}));
    EXPECT_TRUE(censor.Decide(question, Direction::kOutward).resets.empty());
  }
  const Bytes tls =
      MakeSegment({.port = 853}, MakeStreamMessage({.name = "cut.test"}));
  EXPECT_TRUE(censor.Decide(tls, Direction::kOutward).resets.empty());
  const Bytes empty = MakeSegment({.flags = kAck}, {});
  EXPECT_TRUE(censor.Decide(empty, Direction::kOutward).resets.empty());
}

}  // namespace
}  // namespace taster::lab
