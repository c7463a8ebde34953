// SPDX-License-Identifier: Apache-2.0
// What must hold for every case, tried on many random ones.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "collector/judge/explain.h"
#include "collector/judge/ruleset.h"
#include "collector/judge/verdict.h"
#include "tests/unit/collector/judge/random_case.h"

namespace taster::judge {
namespace {

constexpr unsigned kCases = 3000;

void ExpectNothingFires(const Case& set, const Observation& reply) {
  for (const Rule* rule : Ruleset()) {
    EXPECT_NE(Apply(*rule, {set, set.asked[0], reply}).status, Status::kFired)
        << rule->id;
  }
}

TEST(PropertyTest, NoRuleFiresOnAnEmptyCase) {
  Case set;
  set.reference = &RandomReference();
  Asked& asked = set.asked.emplace_back();
  for (int i = 0; i < 3 * 4 * 4; ++i) {
    asked.role = static_cast<QuestionRole>(1 + i % 3);
    asked.transport = static_cast<Transport>(1 + i / 3 % 4);
    asked.server_kind = static_cast<ServerKind>(1 + i / 12);
    // Whatever an address without DNS says was injected.
    if (asked.server_kind == ServerKind::kCanary) continue;
    asked.control = nullptr;
    ExpectNothingFires(set, Observation());
    asked.control = std::make_shared<Control>();
    asked.name_control = asked.control;
    asked.elsewhere = std::make_shared<NameContext>();
    ExpectNothingFires(set, Observation());
  }
}

// Everything that a rule looks at turns up, and each of them fires somewhere.
TEST(PropertyTest, TheCasesReachEveryRule) {
  std::set<std::string_view> seen;
  for (unsigned seed = 0; seed < 20 * kCases; ++seed) {
    Dice dice(seed);
    for (const MeasurementVerdict& one :
         Judge(RandomCase(WildMix(3), &dice)).measurements) {
      for (const ReplyVerdict& reply : one.replies) {
        for (const Finding& fired : reply.fired) seen.insert(fired.rule->id);
      }
    }
    if (seen.size() == Ruleset().size()) return;
  }
  for (const Rule* rule : Ruleset()) {
    EXPECT_TRUE(seen.contains(rule->id)) << rule->id;
  }
}

void ExpectSame(const SetVerdict& before, const SetVerdict& after) {
  EXPECT_EQ(before.verdict, after.verdict);
  EXPECT_EQ(before.mechanism, after.mechanism);
  for (const MeasurementVerdict& one : after.measurements) {
    EXPECT_EQ(before.measurements[one.ordinal].verdict, one.verdict);
    EXPECT_EQ(before.measurements[one.ordinal].mechanism, one.mechanism);
  }
}

TEST(PropertyTest, OrderOfQuestionsAndPropertiesOfAReplyDoNotMatter) {
  for (unsigned seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    Case set = RandomCase(WildMix(3), &dice);
    const SetVerdict before = Judge(set);
    std::shuffle(set.asked.begin(), set.asked.end(), dice.engine());
    std::shuffle(set.endpoints.begin(), set.endpoints.end(), dice.engine());
    for (Asked& asked : set.asked) {
      for (Observation& reply : asked.replies) {
        std::shuffle(reply.addresses.begin(), reply.addresses.end(),
                     dice.engine());
        std::ranges::reverse(reply.extended_errors);
      }
    }
    const SetVerdict after = Judge(set);
    ExpectSame(before, after);
    EXPECT_EQ(before.injector, after.injector);
  }
}

TEST(PropertyTest, OrderOfRepliesWithoutTimesDoesNotMatter) {
  for (unsigned seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    Case set = RandomCase(WildMix(4), &dice);
    for (Asked& asked : set.asked) {
      for (Observation& reply : asked.replies) reply.arrival_offset = {};
    }
    const SetVerdict before = Judge(set);
    for (Asked& asked : set.asked) {
      std::shuffle(asked.replies.begin(), asked.replies.end(), dice.engine());
    }
    ExpectSame(before, Judge(set));
  }
}

TEST(PropertyTest, OrdinarySingleRepliesAreNeverCalledForged) {
  for (unsigned seed = 0; seed < kCases; ++seed) {
    Dice dice(seed);
    Case set = RandomCase(OrdinaryMix(), &dice);
    std::erase_if(set.asked, [](const Asked& asked) {
      return asked.server_kind == ServerKind::kCanary;
    });
    for (const MeasurementVerdict& one : Judge(set).measurements) {
      ASSERT_FALSE(AccusesForger(one.verdict)) << seed;
    }
  }
}

TEST(PropertyTest, MoreControlNeverTurnsCleanIntoForged) {
  for (unsigned seed = 0; seed < kCases; ++seed) {
    Dice dice(seed);
    Case set = RandomCase(WildMix(2), &dice);
    const bool whole = set.asked[0].name_control != nullptr;
    const SetVerdict before = Judge(set);
    for (Asked& asked : set.asked) {
      auto more = RandomControl(WildMix(2), &dice);
      asked.control = asked.control ? Joined(*asked.control, *more) : more;
    }
    if (whole) JoinNameControls(&set);
    const SetVerdict after = Judge(set);
    for (std::size_t i = 0; i < after.measurements.size(); ++i) {
      if (before.measurements[i].verdict != Class::kConsistent) continue;
      ASSERT_FALSE(AccusesForger(after.measurements[i].verdict)) << seed;
    }
  }
}

TEST(PropertyTest, ControlOfAnotherNameChangesNothing) {
  for (unsigned seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Dice dice(seed);
    Case set = RandomCase(WildMix(3), &dice);
    const SetVerdict before = Judge(set);
    Asked other;
    other.ordinal = 99;
    other.qname = *dns::Name::Parse("unrelated.example.");
    other.outcome = Outcome::kSendFailed;
    other.control = RandomControl(WildMix(3), &dice);
    other.name_control = other.control;
    set.asked.push_back(other);
    SetVerdict after = Judge(set);
    after.measurements.pop_back();
    ExpectSame(before, after);
    EXPECT_EQ(before.injector, after.injector);
  }
}

// What fires on evidence that proves itself, on what the server says, on what
// a list names, or on what the name draws elsewhere in the network.
const std::set<std::string_view> kNeedNoControl = {"block_page_answer",
                                                   "canary_reply",
                                                   "canary_reply_alone",
                                                   "censor_sinkhole_answer",
                                                   "censorship_declared",
                                                   "certificate_valid",
                                                   "early_reply",
                                                   "encrypted_twin_differs",
                                                   "filter_answer",
                                                   "filtering_declared",
                                                   "forged_pool_address",
                                                   "forged_pool_address_alone",
                                                   "identity_elsewhere",
                                                   "learned_pool_address",
                                                   "null_answer",
                                                   "null_answer_censored_name",
                                                   "rd_clear_authoritative",
                                                   "safe_search_answer",
                                                   "teredo_answer"};

TEST(PropertyTest, WithoutControlOnlyEvidenceThatProvesItselfAccuses) {
  for (unsigned seed = 0; seed < kCases; ++seed) {
    Dice dice(seed);
    Case set = RandomCase(WildMix(3), &dice);
    for (Asked& asked : set.asked) asked.control = asked.name_control = nullptr;
    for (const MeasurementVerdict& one : Judge(set).measurements) {
      for (const ReplyVerdict& reply : one.replies) {
        for (const Finding& finding : reply.fired) {
          ASSERT_TRUE(kNeedNoControl.contains(finding.rule->id))
              << finding.rule->id;
          // Nothing is clean without control, but for a certificate.
          ASSERT_TRUE(reply.verdict != Class::kConsistent ||
                      finding.rule->kind != Kind::kControl);
        }
      }
    }
  }
}

}  // namespace
}  // namespace taster::judge
