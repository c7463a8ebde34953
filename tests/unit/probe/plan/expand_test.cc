// SPDX-License-Identifier: Apache-2.0
// Every set has its twins; no two rounds look alike.
#include "probe/plan/expand.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "probe/plan/budget.h"
#include "probe/plan/stream_server.h"
#include "tests/unit/probe/plan/plan_cases.h"

namespace taster::plan {
namespace {

using capture::QuestionRole;
using capture::ServerKind;

std::size_t CountIf(const QuestionSet& set, auto predicate) {
  return static_cast<std::size_t>(
      std::ranges::count_if(set.questions, predicate));
}

TEST(Expand, SetHasEveryTwin) {
  Rng rng(1);
  const std::vector names = {MakeName("blocked.example")};
  const auto sets = Expand(Volunteer(), names, rng);
  ASSERT_TRUE(sets.ok()) << sets.status();
  ASSERT_EQ(sets->size(), 1u);
  const auto& set = sets->front();
  // 3 resolvers and a canary, 3 types and a control name each; RD=0 twin;
  // 2 look-ups and their control.
  EXPECT_EQ(set.questions.size(), 4u * 4 + 1 + 3);
  EXPECT_EQ(CountIf(set, [](const auto& q) { return q.through_system; }), 3u);
  EXPECT_EQ(CountIf(set,
                    [](const auto& q) {
                      return q.server_kind == ServerKind::kCanary;
                    }),
            5u);
  EXPECT_EQ(
      CountIf(set, [](const auto& q) { return !q.shape.recursion_desired; }),
      1u);
  std::set<net::Endpoint> with_control;
  for (const auto& question : set.questions) {
    if (question.role != QuestionRole::kControlName) continue;
    EXPECT_EQ(question.qname, MakeName("example.org"));
    with_control.insert(question.server);
  }
  EXPECT_EQ(with_control.size(), 4u);
}

TEST(Expand, SwitchesTakeQuestionsAway) {
  Rng rng(1);
  auto options = Volunteer();
  options.ask_system = false;
  options.system_lookup = false;
  options.rd0_twin = false;
  const auto set = ExpandTarget(options, MakeName("a.example"), 7, rng);
  EXPECT_EQ(set.questions.size(), 12u);
  EXPECT_EQ(set.index, 7u);
  for (const auto& question : set.questions) EXPECT_EQ(question.set, 7u);
}

TEST(Expand, ResolversAreAskedInEveryWayThatIsWanted) {
  Rng rng(1);
  auto options = Volunteer();
  options.canaries = {};
  options.ask_system = false;
  options.system_lookup = false;
  options.resolvers = {Server("8.8.8.8")};
  options.streams = {*ParseStreamServer("tls://8.8.8.8#dns.google")};
  options.tries = 3;
  options.cd_twin = true;
  options.whoami = MakeName("whoami.example");
  options.server_identity = true;
  const auto set = ExpandTarget(options, MakeName("a.example"), 0, rng);
  // 3 types, 2 tries more, CD=1, control, whoami, 2 of class CH; over TLS 3
  // tries and a control.
  EXPECT_EQ(set.questions.size(), 10u + 4);
  const auto is_stream = [](const auto& q) {
    return q.transport == capture::Transport::kTls;
  };
  EXPECT_EQ(CountIf(set, is_stream), 4u);
  EXPECT_EQ(
      CountIf(set,
              [](const auto& q) { return q.role == QuestionRole::kIdentity; }),
      3u);
  EXPECT_EQ(CountIf(set, [](const auto& q) { return q.shape.qclass == 3; }),
            2u);
  EXPECT_EQ(CountIf(set, [](const auto& q) { return q.retry == 2; }), 2u);
  for (const auto& question : set.questions) {
    if (!is_stream(question)) continue;
    EXPECT_EQ(question.server.port, 853);
    EXPECT_EQ(question.tls_name, "dns.google");
  }
}

TEST(Expand, CanariesAreAskedWithoutEdnsWhereWanted) {
  Rng rng(1);
  auto options = Volunteer();
  options.plain_twin = true;
  const auto set = ExpandTarget(options, MakeName("a.example"), 0, rng);
  EXPECT_EQ(CountIf(set, [](const auto& q) { return !q.shape.edns; }), 1u);
}

TEST(Expand, NobodyToAskOrTooManyIsAnError) {
  auto options = Volunteer();
  options.system = {};
  options.resolvers = {};
  options.canaries = {};
  EXPECT_FALSE(CheckSetSize(options).ok());
  options.profile = Profile::kLab;
  options.canaries.assign(130, Server("10.0.0.1"));
  EXPECT_FALSE(CheckSetSize(options).ok());
}

// Chi-square over the place that one question takes in 1,000 sets.
TEST(Expand, OrderInsideSetsIsUniform) {
  Rng rng(42);
  std::map<std::size_t, int> places;
  const auto options = Volunteer();
  for (std::uint32_t i = 0; i < 1000; ++i) {
    const auto set = ExpandTarget(options, MakeName("a.example"), i, rng);
    const auto found = std::ranges::find_if(set.questions, [](const auto& q) {
      return !q.shape.recursion_desired;
    });
    ++places[static_cast<std::size_t>(found - set.questions.begin())];
  }
  double chi_square = 0;
  for (std::size_t i = 0; i < 20; ++i) {
    const double off = places[i] - 50.0;
    chi_square += off * off / 50.0;
  }
  EXPECT_LT(chi_square, 36.19);  // p > 0.01 at 19 degrees of freedom.
}

TEST(Expand, OrderOfSetsDiffersFromTheListAndBetweenRounds) {
  std::vector<dns::Name> names;
  for (int i = 0; i < 50; ++i) {
    names.push_back(MakeName("n" + std::to_string(i) + ".example"));
  }
  Rng rng(7);
  const auto order = [&] {
    std::vector<std::string> seen;
    const auto sets = Expand(Volunteer(), names, rng);
    for (const auto& set : *sets) {
      const auto target =
          std::ranges::find(set.questions, QuestionRole::kTarget,
                            [](const auto& q) { return q.role; });
      seen.push_back(target->qname.ToText());
    }
    return seen;
  };
  EXPECT_NE(order(), order());
}

TEST(Budget, CountsPacketsBytesAndMinutes) {
  const std::vector names = {MakeName("a.example"), MakeName("b.example")};
  const auto budget = BudgetOf(Volunteer(), names);
  EXPECT_EQ(budget.sets, 2u);
  EXPECT_EQ(budget.questions, 40u);
  EXPECT_EQ(budget.packets, 40u);
  // The system's resolver gets 14 of them; at 0.2 a second that is 70 s, and
  // 5 s of window.
  EXPECT_EQ(budget.duration, std::chrono::minutes(2));
  // 20 + 8 + 12 + 4 + 11 and an uncompressed name.
  EXPECT_EQ(budget.bytes_sent, 2u * (20 * 55 + 15 * 11 + 5 * 13));
}

}  // namespace
}  // namespace taster::plan
