// SPDX-License-Identifier: Apache-2.0
// Scenarios with every stage frozen.
#include <gtest/gtest.h>

#include "tests/unit/collector/judge/frozen.h"

namespace taster::judge {
namespace {

class GoldenTest : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(GoldenTest, StagesAreAsFrozen) {
  const CaseText text = ReadCase(GetParam());
  const Case subject = Assemble(text);
  for (const auto& [name, content] : Stages(subject)) {
    EXPECT_EQ(content, ReadText(GetParam().parent_path() / name))
        << name << ": run `ninja regenerate` and read the difference";
  }
  const std::string source = ReadText(GetParam());
  EXPECT_EQ(WithDump(source, text), source);
}

std::string NameOf(const testing::TestParamInfo<std::filesystem::path>& info) {
  return info.param.parent_path().filename().string();
}

INSTANTIATE_TEST_SUITE_P(All, GoldenTest, testing::ValuesIn(GoldenCases()),
                         NameOf);

}  // namespace
}  // namespace taster::judge
