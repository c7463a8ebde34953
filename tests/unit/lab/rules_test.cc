// SPDX-License-Identifier: Apache-2.0
// Rules files: what is understood, what is refused and why.
#include "tests/lab/censor/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace taster::lab {
namespace {

using testing::HasSubstr;

constexpr char kFacts[] = "tests/lab/facts/";

std::string WriteFile(const std::string& text) {
  const std::string path = testing::TempDir() + "lab_rules_test";
  std::ofstream(path) << text;
  return path;
}

std::string AllPools() {
  std::string text;
  for (const auto& [name, file] :
       {std::pair{"main_a", "main_a"}, std::pair{"main_aaaa", "main_aaaa"},
        std::pair{"p20", "p20_a"}, std::pair{"legacy", "legacy_a"},
        std::pair{"s10", "s10_a"}, std::pair{"gfw1", "gfw1_a"}}) {
    text +=
        std::string("pool ") + name + " " + kFacts + "pool_" + file + ".txt\n";
  }
  return text;
}

TEST(RulesTest, ReadsTheFacts) {
  const std::string text = AllPools() + "names " + kFacts +
                           "poisoned.tsv\n# comment\n\nprocesses 5\n"
                           "inspect both\nname x.test drop\n"
                           "static ir 10.10.34.34 d0::11 1 lower-case late 60\n"
                           "static-name ir ir.test\nthin x.test\n";
  const auto rules = LoadRules(WriteFile(text));
  ASSERT_TRUE(rules.ok()) << rules.status();
  EXPECT_EQ(rules->pools.main_a.size(), 592u);
  EXPECT_EQ(rules->pools.main_aaaa.size(), 30u);
  EXPECT_EQ(rules->pools.p20.size(), 20u);
  EXPECT_EQ(rules->pools.gfw1.size(), 4u);
  EXPECT_GE(rules->blocklist.size(), 331u);
  EXPECT_EQ(rules->processes, 5u);
  EXPECT_TRUE(rules->inspects_inward);
  EXPECT_EQ(rules->blocklist.Match("x.test"), Group::kDrop);
  ASSERT_EQ(rules->static_injectors.size(), 1u);
  const StaticInjector& injector = rules->static_injectors[0];
  EXPECT_EQ(injector.a, (Ipv4{10, 10, 34, 34}));
  EXPECT_EQ(injector.rr_ttl, 1u);
  EXPECT_TRUE(injector.lowers_case && !injector.a_for_aaaa);
  EXPECT_EQ(injector.late, std::chrono::milliseconds(60));
  EXPECT_TRUE(rules->thin_names.contains("x.test"));
  EXPECT_TRUE(injector.Censors("ir.test"));
}

TEST(RulesTest, SaysWhichLineItRefuses) {
  const struct {
    const char* line;
    const char* complaint;
  } cases[] = {
      {"name x.test nowhere", "rules_test:1: no such group: nowhere"},
      {"pool p21 x", "no such pool: p21"},
      {"processes 0", "processes: want 1 or more"},
      {"inspect in", "not understood: inspect in"},
      {"pool main_aaaa tests/lab/facts/pool_main_a.txt",
       "pool_main_a.txt:2: not an address of this pool: 208.77.47.172"},
      {"static ir nowhere - 1", "static: want an id"},
      {"static ir 10.10.34.34 - 1 loud", "static: not understood: loud"},
      {"static-name tm x.test", "no such injector, or no name: tm"},
      {"", "all six pools"},
  };
  for (const auto& refused : cases) {
    const auto rules = LoadRules(WriteFile(std::string(refused.line) + "\n"));
    EXPECT_TRUE(absl::IsInvalidArgument(rules.status())) << refused.line;
    EXPECT_THAT(std::string(rules.status().message()),
                HasSubstr(refused.complaint));
  }
}

TEST(RulesTest, SaysWhichFileIsMissing) {
  const auto rules = LoadRules("/nonexistent/rules");
  EXPECT_TRUE(absl::IsNotFound(rules.status()));
  EXPECT_THAT(std::string(rules.status().message()),
              HasSubstr("/nonexistent/rules"));
}

TEST(BlocklistTest, MatchesApexAndSubdomainsAtDots) {
  Blocklist blocklist;
  blocklist.Add("both.test", Group::kMainBoth);
  blocklist.Add("deep.both.test", Group::kS10);
  EXPECT_EQ(blocklist.Match("both.test"), Group::kMainBoth);
  EXPECT_EQ(blocklist.Match("a.b.both.test"), Group::kMainBoth);
  EXPECT_EQ(blocklist.Match("x.deep.both.test"), Group::kS10);
  EXPECT_EQ(blocklist.Match("notboth.test"), std::nullopt);
  EXPECT_EQ(blocklist.Match("both.test.example"), std::nullopt);
  EXPECT_EQ(blocklist.Match(""), std::nullopt);
}

}  // namespace
}  // namespace taster::lab
