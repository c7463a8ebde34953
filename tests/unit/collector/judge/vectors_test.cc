// SPDX-License-Identifier: Apache-2.0
// Each rule against its own vectors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "collector/judge/ruleset.h"
#include "tests/unit/collector/judge/frozen.h"

namespace taster::judge {
namespace {

const Rule* FindRule(const std::string& id) {
  for (const Rule* rule : Ruleset()) {
    if (rule->id == id) return rule;
  }
  return nullptr;
}

Status StatusNamedBy(const std::string& file) {
  if (file.starts_with("fires")) return Status::kFired;
  if (file.starts_with("clear")) return Status::kClear;
  if (file.starts_with("not_effective")) return Status::kNotEffective;
  return Status::kNotApplicable;
}

class VectorTest : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(VectorTest, RuleSaysWhatTheVectorWants) {
  const Rule* rule = FindRule(GetParam().parent_path().filename());
  ASSERT_NE(rule, nullptr) << "no such rule";
  const CaseText text = ReadCase(GetParam());
  const Case subject = Assemble(text);
  std::set<Status> wanted;
  for (std::size_t i = 0; i < text.asked.size(); ++i) {
    for (std::size_t j = 0; j < text.asked[i].replies.size(); ++j) {
      const auto& want = text.asked[i].replies[j].want;
      if (!want) continue;
      const Asked& asked = subject.asked[i];
      const Finding finding = Apply(*rule, {subject, asked, asked.replies[j]});
      EXPECT_EQ(finding.status, want->status)
          << "query " << i << ", reply " << j + 1 << ": "
          << finding.evidence.subject << " " << finding.evidence.reason;
      if (!want->subject.empty()) {
        EXPECT_EQ(finding.evidence.subject, want->subject);
      }
      wanted.insert(want->status);
    }
  }
  EXPECT_TRUE(wanted.contains(StatusNamedBy(GetParam().filename())));
}

TEST_P(VectorTest, DumpShowsTheMessages) {
  const std::string text = ReadText(GetParam());
  EXPECT_EQ(WithDump(text, ReadCase(GetParam())), text)
      << "run `ninja regenerate` and read the difference";
}

std::string NameOf(const testing::TestParamInfo<std::filesystem::path>& info) {
  return info.param.parent_path().filename().string() + "_" +
         info.param.stem().string();
}

INSTANTIATE_TEST_SUITE_P(All, VectorTest, testing::ValuesIn(VectorCases()),
                         NameOf);

}  // namespace
}  // namespace taster::judge
