// SPDX-License-Identifier: Apache-2.0
#include "collector/explain/prose.h"

#include <gtest/gtest.h>

namespace taster::explain {
namespace {

TEST(ProseTest, ListsAsPeopleDo) {
  EXPECT_EQ(Listed({}), "");
  EXPECT_EQ(Listed({"a"}), "a");
  EXPECT_EQ(Listed({"a", "b"}), "a and b");
  EXPECT_EQ(Listed({"a", "b", "c"}), "a, b and c");
}

TEST(ProseTest, CountsInSingularAndPlural) {
  EXPECT_EQ(Counted(0, "reply", "replies"), "0 replies");
  EXPECT_EQ(Counted(1, "reply", "replies"), "1 reply");
  EXPECT_EQ(Counted(2, "reply", "replies"), "2 replies");
}

TEST(ProseTest, LinesHaveAtMost78Columns) {
  const std::string text =
      Wrapped("- ", std::string(38, 'a') + " " + std::string(37, 'b') + " c");
  EXPECT_EQ(text, "- " + std::string(38, 'a') + " " + std::string(37, 'b') +
                      "\n  c\n");
}

TEST(ProseTest, LongWordsStayWhole) {
  const std::string address(100, 'x');
  EXPECT_EQ(Wrapped("  ", "see " + address + " now"),
            "  see\n  " + address + "\n  now\n");
  EXPECT_EQ(Wrapped("", ""), "\n");
}

TEST(ProseTest, EveryClassAndMechanismHasAMeaning) {
  for (int i = 0; i <= 7; ++i) {
    EXPECT_FALSE(MeaningOf(static_cast<judge::Class>(i)).empty()) << i;
  }
  for (int i = 1; i <= 15; ++i) {
    EXPECT_FALSE(MeaningOf(static_cast<judge::Mechanism>(i)).empty()) << i;
  }
}

}  // namespace
}  // namespace taster::explain
