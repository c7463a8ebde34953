// SPDX-License-Identifier: Apache-2.0
#include "collector/control/demand.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace taster::control {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

constexpr std::uint16_t kA = 1;
constexpr std::uint16_t kAaaa = 28;

class DemandTest : public testing::Test {
 protected:
  void Want(const std::string& qname, std::uint32_t open_sets = 1,
            std::uint32_t asn = 0, std::vector<std::uint16_t> types = {kA}) {
    demand_.Add({.vantage_id = 900,
                 .asn = asn,
                 .names = {{.qname = qname,
                            .qtypes = std::move(types),
                            .open_sets = open_sets,
                            .suspects = {}}}},
                now_);
  }
  void Answer(std::int64_t control, const std::string& qname,
              std::uint32_t rr_ttl = 60, bool answered = true) {
    demand_.Settle(
        control,
        {{.name = {qname, kA}, .answered = answered, .rr_ttl = rr_ttl}}, now_);
  }
  std::vector<std::string> Take(std::int64_t control, std::size_t most = 10) {
    std::vector<std::string> names;
    for (const Demanded& one : demand_.Take(control, most, now_)) {
      names.push_back(one.qname);
    }
    return names;
  }

  Demand demand_;
  store::Time now_{hours(24 * 20'000)};
};

TEST_F(DemandTest, NothingIsAskedThatNobodyMeasured) {
  EXPECT_THAT(Take(1), IsEmpty());
  Answer(1, "local.example.");
  now_ += hours(2);
  EXPECT_THAT(Take(1), IsEmpty());
}

TEST_F(DemandTest, EveryControlIsAskedUntilEnoughHave) {
  Want("a.example.");
  for (std::int64_t control = 1; control <= 3; ++control) {
    EXPECT_THAT(Take(control), ElementsAre("a.example."));
  }
  EXPECT_THAT(Take(4), IsEmpty());
}

TEST_F(DemandTest, ALeaseIsGivenOnceAndAgainWhenItEnded) {
  Want("a.example.");
  EXPECT_THAT(Take(1), ElementsAre("a.example."));
  now_ += seconds(59);
  EXPECT_THAT(Take(1), IsEmpty());
  now_ += seconds(1);
  EXPECT_THAT(Take(1), ElementsAre("a.example."));
}

TEST_F(DemandTest, ADeadControlsLeaseGoesToAnother) {
  Want("a.example.");
  for (std::int64_t control = 1; control <= 3; ++control) Take(control);
  now_ += seconds(60);
  EXPECT_THAT(Take(4), ElementsAre("a.example."));
}

TEST_F(DemandTest, WhatAControlNeverAnswersItIsAskedForLessOften) {
  Want("a.example.");
  for (int i = 0; i < 4; ++i) {
    EXPECT_THAT(Take(1), ElementsAre("a.example.")) << i;
    now_ += seconds(60);
  }
  EXPECT_THAT(Take(1), IsEmpty());
  now_ += seconds(301);
  EXPECT_THAT(Take(1), ElementsAre("a.example."));
}

TEST_F(DemandTest, AnAnswerIsFreshAsLongAsItsTtlWithinBounds) {
  const struct {
    std::uint32_t rr_ttl;
    seconds fresh;
  } cases[] = {{0, minutes(5)},
               {60, minutes(5)},
               {900, minutes(15)},
               {86'400, hours(1)},
               {4'294'967'295u, hours(1)}};
  for (const auto& one : cases) {
    const std::string name = std::to_string(one.rr_ttl) + ".example.";
    Want(name);
    Take(1);
    Answer(1, name, one.rr_ttl);
    now_ += one.fresh - seconds(1);
    EXPECT_THAT(Take(1), testing::Not(testing::Contains(name)));
    now_ += seconds(1);
    EXPECT_THAT(Take(1), testing::Contains(name));
  }
}

TEST_F(DemandTest, AFailureIsTriedAgainEverMoreRarely) {
  Want("a.example.");
  for (const auto pause : {minutes(5), minutes(10), minutes(20), minutes(40),
                           minutes(60), minutes(60)}) {
    ASSERT_THAT(Take(1), ElementsAre("a.example."));
    Answer(1, "a.example.", 0, false);
    now_ += pause - seconds(1);
    EXPECT_THAT(Take(1), IsEmpty()) << pause.count();
    now_ += seconds(1);
    Want("a.example.", 0);  // Measured again.
  }
}

TEST_F(DemandTest, AFailureOfOneLeavesRoomForAnother) {
  Want("a.example.");
  for (std::int64_t control = 1; control <= 3; ++control) {
    Take(control);
    Answer(control, "a.example.", 0, false);
  }
  EXPECT_THAT(Take(4), ElementsAre("a.example."));
}

TEST_F(DemandTest, OpenSetsFirstThenTheOldestAnswer) {
  Want("old.example.", 0);
  Take(1);
  Answer(1, "old.example.", 0);
  now_ += minutes(10);
  Want("older.example.", 0);
  Want("one.example.", 1);
  Want("many.example.", 5);
  Want("many.example.", 2);
  EXPECT_THAT(Take(1), ElementsAre("many.example.", "one.example.",
                                   "older.example.", "old.example."));
}

TEST_F(DemandTest, NoMoreThanIsAskedFor) {
  for (int i = 0; i < 50; ++i) Want(std::to_string(i) + ".example.");
  EXPECT_THAT(Take(1, 7), SizeIs(7));
  EXPECT_THAT(Take(1, 100), SizeIs(43));
}

TEST_F(DemandTest, OnlyTheTypesThatLackAnAnswer) {
  Want("a.example.", 1, 0, {kA, kAaaa});
  Answer(1, "a.example.");
  const auto taken = demand_.Take(1, 10, now_);
  ASSERT_THAT(taken, SizeIs(1));
  EXPECT_THAT(taken.front().qtypes, ElementsAre(kAaaa));
}

TEST_F(DemandTest, ANetworkThatIsNewToANameReopensIt) {
  Want("cdn.example.", 1, 64500);
  auto taken = demand_.Take(1, 10, now_);
  ASSERT_THAT(taken, SizeIs(1));
  EXPECT_THAT(taken.front().networks, ElementsAre(64500u));
  Answer(1, "cdn.example.");
  EXPECT_EQ(demand_.waiting(), 0u);
  now_ += minutes(1);
  Want("cdn.example.", 1, 64501);
  EXPECT_THAT(Take(1), IsEmpty());  // Not more often than every 5 minutes.
  now_ += minutes(4);
  Want("cdn.example.", 1, 64502);
  taken = demand_.Take(1, 10, now_);
  ASSERT_THAT(taken, SizeIs(1));
  EXPECT_THAT(taken.front().networks, ElementsAre(64501u, 64502u));
}

TEST_F(DemandTest, SuspectsGoToTheControls) {
  const net::IpAddress suspect = net::IpAddress::FromV4(0xc0000201);
  demand_.Add({.vantage_id = 900,
               .asn = 0,
               .names = {{.qname = "a.example.",
                          .qtypes = {kA},
                          .open_sets = 1,
                          .suspects = {suspect}}}},
              now_);
  const auto taken = demand_.Take(1, 10, now_);
  ASSERT_THAT(taken, SizeIs(1));
  EXPECT_THAT(taken.front().suspects, ElementsAre(suspect));
}

TEST_F(DemandTest, AnswersOfADistrustedControlDoNotCount) {
  Want("a.example.");
  for (std::int64_t control = 1; control <= 3; ++control) {
    Take(control);
    Answer(control, "a.example.");
  }
  EXPECT_THAT(Take(4), IsEmpty());
  demand_.Distrust({2});
  EXPECT_THAT(Take(4), ElementsAre("a.example."));
}

TEST_F(DemandTest, StandingNamesGoToEverybodyFirst) {
  Want("a.example.", 9);
  demand_.AddStanding("canary.example.", {kA});
  for (std::int64_t control = 1; control <= 5; ++control) {
    EXPECT_EQ(Take(control, 1), std::vector<std::string>{"canary.example."});
    Answer(control, "canary.example.");
  }
  now_ += minutes(5);
  EXPECT_THAT(Take(5, 1), ElementsAre("canary.example."));
}

TEST_F(DemandTest, ForgetsWhatNobodyMeasuresAnyMore) {
  Want("a.example.", 0);
  now_ += hours(25);
  EXPECT_THAT(Take(1), IsEmpty());
  EXPECT_EQ(demand_.names(), 0u);
}

TEST_F(DemandTest, IsBoundedAndKeepsWhatIsWaitedFor) {
  Demand small({.names = 100});
  std::uint64_t wished = 0;
  const auto want = [&](std::uint32_t open_sets) {
    now_ += seconds(1);
    small.Add({.vantage_id = 900,
               .asn = 0,
               .names = {{.qname = std::to_string(wished++) + ".example.",
                          .qtypes = {kA},
                          .open_sets = open_sets,
                          .suspects = {}}}},
              now_);
  };
  for (int i = 0; i < 50; ++i) want(1);
  for (int i = 0; i < 500; ++i) want(0);
  EXPECT_LE(small.names(), 100u);
  EXPECT_EQ(small.waiting(), 50u);
  for (int i = 0; i < 500; ++i) want(1);
  EXPECT_EQ(small.names(), 100u);
  EXPECT_EQ(small.waiting(), 100u);
  EXPECT_EQ(small.refused(), 450u);
}

TEST_F(DemandTest, OneVantagePointHasAShareOfTheDay) {
  Demand small({.names_a_vantage = 10});
  for (int i = 0; i < 30; ++i) {
    const Wish wish{.qname = std::to_string(i) + ".example.",
                    .qtypes = {kA},
                    .open_sets = 1,
                    .suspects = {}};
    small.Add({.vantage_id = i % 2, .asn = 0, .names = {wish}}, now_);
  }
  EXPECT_EQ(small.names(), 20u);
  EXPECT_EQ(small.refused(), 10u);
}

}  // namespace
}  // namespace taster::control
