// SPDX-License-Identifier: Apache-2.0
#include "collector/control/health.h"

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
using testing::HasSubstr;
using testing::Not;
using Kind = ControlAnswer::Kind;
using State = ControlState;

constexpr std::uint32_t kOwn = 64500;
const net::IpAddress kKnown = net::IpAddress::FromV4(0xc0000201);

ControlAnswer Answer(const std::string& name, Kind kind,
                     std::uint32_t owner = kOwn, bool of_pool = false) {
  ControlAnswer answer{.name = {name, 1},
                       .kind = kind,
                       .addresses = {},
                       .owners = {},
                       .of_pool = of_pool};
  if (kind == Kind::kAddresses) {
    answer.addresses = {net::IpAddress::FromV4(owner)};
    answer.owners = {owner};
  }
  return answer;
}

class HealthTest : public testing::Test {
 protected:
  // One answer of each kind for each of `count` names, from a control.
  void Says(std::int64_t control, Kind kind, int count = 5,
            std::uint32_t owner = kOwn, bool of_pool = false) {
    std::vector<ControlAnswer> answers;
    for (int i = 0; i < count; ++i) {
      answers.push_back(
          Answer("n" + std::to_string(i) + ".example.", kind, owner, of_pool));
    }
    health_.Observe(control, answers, now_);
  }
  void SaysTruth(std::int64_t control, int count = 5) {
    Says(control, Kind::kAddresses, count);
  }
  void Forges(std::int64_t control, int count = 5) {
    Says(control, Kind::kAddresses, count, 32934, true);
  }
  State StateOf(std::int64_t control) {
    return health_.Assess(now_).at(control).state;
  }

  Health health_;
  store::Time now_{hours(24 * 20'000)};
};

TEST_F(HealthTest, ControlsThatAgreeAreHealthy) {
  for (std::int64_t control = 1; control <= 3; ++control) SaysTruth(control);
  for (const auto& [control, health] : health_.Assess(now_)) {
    EXPECT_EQ(health.state, State::kHealthy) << control;
    EXPECT_EQ(health.names, 5u);
    EXPECT_EQ(health.disagreements, 0u);
    EXPECT_TRUE(health.has_vote());
  }
}

// 2^3 states of three controls: one of them poisoned, one filtered, one dead.
TEST_F(HealthTest, FindsWhoLiesInEveryCombination) {
  for (int bits = 0; bits < 8; ++bits) {
    health_ = Health();
    SCOPED_TRACE(bits);
    const bool poisoned = (bits & 1) != 0;
    const bool filtered = (bits & 2) != 0;
    const bool dead = (bits & 4) != 0;
    poisoned ? Forges(1) : SaysTruth(1);
    filtered ? Says(2, Kind::kWithheld) : SaysTruth(2);
    if (!dead) SaysTruth(3);
    const int healthy = 3 - poisoned - filtered - dead;
    if (healthy > 0) {
      EXPECT_EQ(StateOf(1), poisoned ? State::kPoisoned : State::kHealthy);
    } else {
      EXPECT_NE(StateOf(2), State::kPoisoned);
    }
    EXPECT_EQ(StateOf(2), filtered ? State::kFiltered : State::kHealthy);
    if (!dead) {
      EXPECT_EQ(StateOf(3), State::kHealthy);
    }
  }
}

TEST_F(HealthTest, TwoNamesAreNoList) {
  SaysTruth(1);
  SaysTruth(2);
  Says(3, Kind::kWithheld, 2);
  Forges(4, 2);
  EXPECT_EQ(StateOf(3), State::kHealthy);
  EXPECT_EQ(StateOf(4), State::kHealthy);
}

TEST_F(HealthTest, OfManyNamesAFewAreBroken) {
  SaysTruth(1, 5000);
  SaysTruth(2, 5000);
  SaysTruth(3, 5000);
  Says(3, Kind::kWithheld, 4);
  EXPECT_EQ(StateOf(3), State::kHealthy);
  Says(3, Kind::kWithheld, 5);
  EXPECT_EQ(StateOf(3), State::kFiltered);
}

TEST_F(HealthTest, AContentNetworkIsNoPoison) {
  SaysTruth(1);
  Says(2, Kind::kAddresses, 5, 64501);
  Says(3, Kind::kAddresses, 5, 64502);
  for (std::int64_t control = 1; control <= 3; ++control) {
    EXPECT_EQ(StateOf(control), State::kHealthy);
  }
  EXPECT_EQ(health_.Assess(now_)[1].disagreements, 5u);
}

// Pools hold live hosts: who else sees their owner there is right.
TEST_F(HealthTest, APoolsOwnNamesAreNoPoison) {
  Forges(1);
  Forges(2);
  SaysTruth(3);
  EXPECT_EQ(StateOf(1), State::kHealthy);
  EXPECT_EQ(StateOf(3), State::kHealthy);
}

// Two that ask the same poisoned resolver do not bear each other out.
TEST_F(HealthTest, WhoLiesIsNoWitness) {
  Forges(1);
  SaysTruth(3);
  EXPECT_EQ(StateOf(1), State::kPoisoned);
  Forges(2);
  EXPECT_EQ(StateOf(1), State::kPoisoned);
  EXPECT_EQ(StateOf(2), State::kPoisoned);
  EXPECT_EQ(StateOf(3), State::kHealthy);
}

TEST_F(HealthTest, MostControlsAreBelieved) {
  Forges(1);
  Forges(2);
  SaysTruth(3);
  SaysTruth(4);
  for (std::int64_t control = 1; control <= 4; ++control) {
    EXPECT_EQ(StateOf(control),
              control < 3 ? State::kPoisoned : State::kHealthy);
  }
}

TEST_F(HealthTest, OfTwoThatContradictEachOtherNobodyIsFilteredForFewNames) {
  SaysTruth(1, 9);
  Says(2, Kind::kNxdomain, 9);
  EXPECT_EQ(StateOf(1), State::kHealthy);
  EXPECT_EQ(StateOf(2), State::kHealthy);
  SaysTruth(1, 10);
  Says(2, Kind::kNxdomain, 10);
  EXPECT_EQ(StateOf(2), State::kFiltered);
  SaysTruth(3, 3);
  Says(4, Kind::kNxdomain, 3);
  EXPECT_EQ(StateOf(4), State::kFiltered);
}

TEST_F(HealthTest, AloneItTakesManyOwnersToBePoisoned) {
  for (int i = 0; i < 5; ++i) {
    const std::string name = "a.n" + std::to_string(i) + ".com.";
    health_.Observe(1, {Answer(name, Kind::kAddresses, 32934, true)}, now_);
  }
  EXPECT_EQ(StateOf(1), State::kHealthy);  // All of one owner.
  for (int i = 0; i < 3; ++i) {
    const std::string name = "a.n" + std::to_string(i) + ".com.";
    health_.Observe(
        1,
        {Answer(name, Kind::kAddresses, 1000 + static_cast<unsigned>(i), true)},
        now_);
  }
  EXPECT_EQ(StateOf(1), State::kPoisoned);
}

TEST_F(HealthTest, FailingIsWhatOthersAnswer) {
  Says(1, Kind::kFailed, 20);
  EXPECT_EQ(StateOf(1), State::kHealthy);  // Perhaps the names are dead.
  SaysTruth(2, 20);
  const auto health = health_.Assess(now_).at(1);
  EXPECT_EQ(health.state, State::kFailing);
  EXPECT_EQ(health.failures, 20u);
  EXPECT_FALSE(health.has_vote());
  EXPECT_FALSE(health.lies());
  EXPECT_EQ(StateOf(2), State::kHealthy);
}

TEST_F(HealthTest, FailingIsWhoTakesLeasesAndAnswersNone) {
  SaysTruth(1);
  health_.Leased(1, now_);
  now_ += minutes(5);
  EXPECT_EQ(StateOf(1), State::kHealthy);
  now_ += seconds(1);
  EXPECT_EQ(StateOf(1), State::kFailing);
  SaysTruth(1);
  EXPECT_EQ(StateOf(1), State::kHealthy);
}

TEST_F(HealthTest, StaleAfterADay) {
  SaysTruth(1);
  now_ += hours(24);
  EXPECT_EQ(StateOf(1), State::kHealthy);
  now_ += seconds(1);
  const auto health = health_.Assess(now_).at(1);
  EXPECT_EQ(health.state, State::kStale);
  EXPECT_TRUE(health.has_vote());
}

TEST_F(HealthTest, WhoIsWellAgainHasToShowIt) {
  SaysTruth(1);
  SaysTruth(3);
  Forges(2);
  const auto first = now_;
  EXPECT_EQ(health_.Assess(now_).at(2).suspect_time, first);
  now_ += hours(3);  // Nothing of it is remembered.
  EXPECT_EQ(StateOf(2), State::kPoisoned);
  SaysTruth(1);
  SaysTruth(2);
  const auto health = health_.Assess(now_).at(2);
  EXPECT_EQ(health.state, State::kHealthy);
  EXPECT_FALSE(health.suspect_time);
  EXPECT_THAT(health.reason, testing::IsEmpty());
}

TEST_F(HealthTest, ARestartForgivesNobody) {
  health_.Restore(2, {.state = State::kFiltered, .reason = "as before"}, now_);
  health_.Restore(3, {.state = State::kFailing}, now_);
  EXPECT_EQ(StateOf(2), State::kFiltered);
  EXPECT_EQ(health_.Assess(now_).at(2).reason, "as before");
  EXPECT_EQ(StateOf(3), State::kHealthy);
}

TEST_F(HealthTest, CanariesUnmaskOneThatStandsAlone) {
  health_ = Health({{"one.example.", {kKnown}}, {"two.example.", {kKnown}}});
  const auto says = [&](std::int64_t control, Kind kind, bool right) {
    for (const char* name : {"one.example.", "two.example."}) {
      ControlAnswer answer = Answer(name, kind);
      if (right) answer.addresses = {kKnown};
      health_.Observe(control, {answer}, now_);
    }
  };
  says(1, Kind::kAddresses, true);
  EXPECT_EQ(StateOf(1), State::kHealthy);
  says(1, Kind::kAddresses, false);
  EXPECT_EQ(StateOf(1), State::kPoisoned);
  says(1, Kind::kWithheld, false);
  EXPECT_EQ(StateOf(1), State::kFiltered);
  says(1, Kind::kNxdomain, false);
  EXPECT_EQ(StateOf(1), State::kFiltered);
  says(1, Kind::kAddresses, true);
  EXPECT_EQ(StateOf(1), State::kHealthy);
}

TEST_F(HealthTest, ACanaryThatMovedAccusesNobody) {
  health_ = Health({{"one.example.", {kKnown}}, {"two.example.", {kKnown}}});
  for (std::int64_t control = 1; control <= 2; ++control) {
    for (const char* name : {"one.example.", "two.example."}) {
      health_.Observe(control, {Answer(name, Kind::kAddresses)}, now_);
    }
  }
  EXPECT_EQ(StateOf(1), State::kHealthy);
  EXPECT_EQ(StateOf(2), State::kHealthy);
}

TEST_F(HealthTest, ReasonsNameNobody) {
  SaysTruth(1);
  SaysTruth(2);
  Says(3, Kind::kWithheld);
  Forges(4);
  for (const auto& [control, health] : health_.Assess(now_)) {
    EXPECT_THAT(health.reason, Not(HasSubstr("example")));
    EXPECT_EQ(health.reason.empty(), control < 3) << control;
  }
}

TEST_F(HealthTest, KeepsSoManyNamesAndNoMore) {
  health_ = Health({}, {.kept = 10});
  SaysTruth(1, 1000);
  SaysTruth(2, 1000);
  EXPECT_LE(health_.Assess(now_).at(1).names, 10u);
}

}  // namespace
}  // namespace taster::control
