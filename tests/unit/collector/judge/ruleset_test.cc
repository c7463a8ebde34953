// SPDX-License-Identifier: Apache-2.0
// The registry, and the name of what judged.
#include "collector/judge/ruleset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "collector/judge/verdict.h"

namespace taster::judge {
namespace {

using std::chrono::days;

TEST(RulesetTest, EveryRuleIsWhole) {
  std::set<std::string_view> ids;
  for (const Rule* rule : Ruleset()) {
    EXPECT_TRUE(ids.insert(rule->id).second) << rule->id;
    EXPECT_FALSE(rule->summary.empty()) << rule->id;
    EXPECT_FALSE(rule->citation.empty()) << rule->id;
    EXPECT_NE(rule->applies, nullptr) << rule->id;
    EXPECT_NE(rule->examine, nullptr) << rule->id;
    EXPECT_LT(rule->effective_from, rule->effective_until) << rule->id;
  }
}

TEST(RulesetTest, VersionChangesWithWhatARuleIs) {
  Rule rule{.id = "one", .summary = "", .citation = ""};
  const std::vector<const Rule*> rules = {&rule};
  const std::string before = VersionOf(rules);
  std::set<std::string> versions = {before};
  rule.strength = Strength::kConfirms;
  versions.insert(VersionOf(rules));
  rule.kind = Kind::kList;
  versions.insert(VersionOf(rules));
  rule.mechanism = Mechanism::kDropped;
  versions.insert(VersionOf(rules));
  rule.effective_from = std::chrono::sys_days(days(1));
  versions.insert(VersionOf(rules));
  rule.effective_until = std::chrono::sys_days(days(2));
  versions.insert(VersionOf(rules));
  rule.id = "two";
  versions.insert(VersionOf(rules));
  EXPECT_EQ(versions.size(), 7U);
  rule.summary = "Said better.";
  EXPECT_TRUE(versions.contains(VersionOf(rules)));
}

TEST(RulesetTest, VersionIgnoresOrder) {
  std::vector<const Rule*> rules(Ruleset().begin(), Ruleset().end());
  std::ranges::reverse(rules);
  EXPECT_EQ(VersionOf(rules), RulesetVersion());
  rules.pop_back();
  EXPECT_NE(VersionOf(rules), RulesetVersion());
}

TEST(RulesetTest, VersionIsAMonthAndAHash) {
  EXPECT_THAT(
      std::string(RulesetVersion()),
      testing::MatchesRegex("[0-9]{4}\\.[0-9]{2}(\\.[0-9]+)?-[0-9a-f]{8}"));
}

bool Always(const Subject&) { return true; }
std::optional<Evidence> Fires(const Subject&) { return Evidence{"it", "so"}; }

TEST(ApplyTest, DatesAreHalfOpen) {
  Rule rule{.id = "dated",
            .summary = "",
            .citation = "",
            .applies = Always,
            .examine = Fires};
  rule.effective_from = std::chrono::sys_days(days(10));
  rule.effective_until = std::chrono::sys_days(days(12));
  Case set;
  const Asked asked;
  const Observation reply;
  const auto on = [&](int day) {
    set.date = std::chrono::sys_days(days(day));
    return Apply(rule, {set, asked, reply}).status;
  };
  EXPECT_EQ(on(9), Status::kNotEffective);
  EXPECT_EQ(on(10), Status::kFired);
  EXPECT_EQ(on(11), Status::kFired);
  EXPECT_EQ(on(12), Status::kNotEffective);
}

TEST(ApplyTest, WhatDoesNotApplyIsNotExamined) {
  const Rule rule{.id = "never",
                  .summary = "",
                  .citation = "",
                  .applies = [](const Subject&) { return false; },
                  .examine = Fires};
  const Finding finding = Apply(rule, {Case(), Asked(), Observation()});
  EXPECT_EQ(finding.status, Status::kNotApplicable);
  EXPECT_EQ(finding.evidence.subject, "");
}

}  // namespace
}  // namespace taster::judge
