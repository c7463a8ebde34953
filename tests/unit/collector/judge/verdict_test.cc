// SPDX-License-Identifier: Apache-2.0
// The truth table, all of it.
#include "collector/judge/verdict.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace taster::judge {
namespace {

constexpr Rule kConfirming{.id = "confirms",
                           .summary = "",
                           .citation = "",
                           .strength = Strength::kConfirms};
constexpr Rule kSuggestingWire{.id = "wire",
                               .summary = "",
                               .citation = "",
                               .strength = Strength::kSuggests,
                               .kind = Kind::kWire};
constexpr Rule kSuggestingWireToo{.id = "wire_too",
                                  .summary = "",
                                  .citation = "",
                                  .strength = Strength::kSuggests,
                                  .kind = Kind::kWire};
constexpr Rule kSuggestingControl{.id = "control",
                                  .summary = "",
                                  .citation = "",
                                  .strength = Strength::kSuggests,
                                  .kind = Kind::kControl};
constexpr Rule kRanking{
    .id = "ranks", .summary = "", .citation = "", .strength = Strength::kRanks};
constexpr Rule kExonerating{.id = "exonerates",
                            .summary = "",
                            .citation = "",
                            .strength = Strength::kExonerates};
constexpr Rule kFilter{.id = "filter",
                       .summary = "",
                       .citation = "",
                       .strength = Strength::kConfirms,
                       .mechanism = Mechanism::kSecurityProduct};
constexpr Rule kRewrite{.id = "rewrite",
                        .summary = "",
                        .citation = "",
                        .strength = Strength::kSuggests,
                        .kind = Kind::kList,
                        .mechanism = Mechanism::kNxdomainRewritten};

constexpr std::array kAll = {&kConfirming,
                             &kSuggestingWire,
                             &kSuggestingWireToo,
                             &kSuggestingControl,
                             &kRanking,
                             &kExonerating,
                             &kFilter,
                             &kRewrite};

// design.md section 3, line by line, in the words of the table.
Class ByTheTable(const std::vector<const Rule*>& fired) {
  const auto has = [&](const Rule& rule) {
    return std::find(fired.begin(), fired.end(), &rule) != fired.end();
  };
  const bool other_confirms = has(kConfirming);
  const bool confirms = other_confirms || has(kFilter);
  const int kinds = (has(kSuggestingWire) || has(kSuggestingWireToo)) +
                    has(kSuggestingControl) + has(kRewrite);
  const bool suggests = kinds > 0;
  const bool own_filter = has(kFilter) || has(kRewrite);
  const bool others = other_confirms || has(kSuggestingWire) ||
                      has(kSuggestingWireToo) || has(kSuggestingControl);
  const bool exonerates = has(kExonerating);
  if (exonerates) {
    return confirms || suggests ? Class::kAmbiguous : Class::kConsistent;
  }
  if (own_filter && !others) return Class::kFiltered;
  if (confirms) return Class::kPoisoned;
  if (kinds >= 2) return Class::kPoisoned;
  if (suggests) return Class::kLikelyPoisoned;
  return Class::kInsufficient;
}

std::vector<const Rule*> Subset(unsigned bits) {
  std::vector<const Rule*> fired;
  for (std::size_t i = 0; i < kAll.size(); ++i) {
    if ((bits >> i & 1) != 0) fired.push_back(kAll[i]);
  }
  return fired;
}

std::string Describe(const std::vector<const Rule*>& fired) {
  std::string text;
  for (const Rule* rule : fired) text += std::string(rule->id) + " ";
  return text;
}

TEST(ConcludeTest, EverySubsetOfFiredRulesGivesTheTablesClass) {
  for (unsigned bits = 0; bits < 1U << kAll.size(); ++bits) {
    const auto fired = Subset(bits);
    std::vector<Finding> findings;
    for (const Rule* rule : fired) {
      findings.push_back({rule, Status::kFired, {}});
    }
    EXPECT_EQ(Conclude(findings), ByTheTable(fired)) << Describe(fired);
  }
}

TEST(ConcludeTest, OrderDoesNotMatter) {
  for (unsigned bits = 0; bits < 1U << kAll.size(); ++bits) {
    auto fired = Subset(bits);
    const Class expected = ByTheTable(fired);
    std::ranges::sort(fired);
    do {
      std::vector<Finding> findings;
      for (const Rule* rule : fired) {
        findings.push_back({rule, Status::kFired, {}});
      }
      ASSERT_EQ(Conclude(findings), expected) << Describe(fired);
    } while (fired.size() < 6 && std::ranges::next_permutation(fired).found);
  }
}

TEST(ConcludeTest, OnlyFiredRulesCount) {
  for (const Status status :
       {Status::kNotApplicable, Status::kNotEffective, Status::kClear}) {
    for (const Rule* rule : kAll) {
      const std::vector<Finding> findings = {{rule, status, {}}};
      EXPECT_EQ(Conclude(findings), Class::kInsufficient) << rule->id;
    }
  }
  EXPECT_EQ(Conclude({}), Class::kInsufficient);
}

TEST(ConcludeTest, StoredValuesNeverChange) {
  EXPECT_EQ(static_cast<int>(Class::kConsistent), 0);
  EXPECT_EQ(static_cast<int>(Class::kInsufficient), 1);
  EXPECT_EQ(static_cast<int>(Class::kAmbiguous), 2);
  EXPECT_EQ(static_cast<int>(Class::kFiltered), 3);
  EXPECT_EQ(static_cast<int>(Class::kLikelyPoisoned), 4);
  EXPECT_EQ(static_cast<int>(Class::kPoisoned), 5);
  EXPECT_EQ(static_cast<int>(Class::kDown), 6);
  EXPECT_EQ(static_cast<int>(Class::kBlocked), 7);
  EXPECT_EQ(ToString(Class::kLikelyPoisoned), "likely_poisoned");
  EXPECT_EQ(ToString(Class::kBlocked), "blocked");
  EXPECT_EQ(ToString(Mechanism::kNone), "none");
  EXPECT_EQ(ToString(Mechanism::kGeoRefused), "geo_refused");
}

}  // namespace
}  // namespace taster::judge
