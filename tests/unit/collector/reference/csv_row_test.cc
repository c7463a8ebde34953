// SPDX-License-Identifier: Apache-2.0
// Lines of the seed files.
#include "collector/reference/csv_row.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collector/reference/day.h"
#include "collector/reference/seed_values.h"

namespace taster::reference {
namespace {

using testing::ElementsAre;
using testing::Optional;

TEST(SplitCsvTest, PlainAndQuoted) {
  EXPECT_THAT(SplitCsv("a,,c"), Optional(ElementsAre("a", "", "c")));
  EXPECT_THAT(SplitCsv(""), Optional(ElementsAre("")));
  EXPECT_THAT(SplitCsv("\"a,b\",c"), Optional(ElementsAre("a,b", "c")));
  EXPECT_THAT(SplitCsv("\"say \"\"no\"\"\""),
              Optional(ElementsAre("say \"no\"")));
  EXPECT_THAT(SplitCsv("\"\",x"), Optional(ElementsAre("", "x")));
}

TEST(SplitCsvTest, QuotesMustMatch) {
  EXPECT_EQ(SplitCsv("\"a"), std::nullopt);
  EXPECT_EQ(SplitCsv("a\"b"), std::nullopt);
  EXPECT_EQ(SplitCsv("\"a\"b"), std::nullopt);
  EXPECT_EQ(SplitCsv("\"a\"\"b"), std::nullopt);
}

TEST(SeedValuesTest, Days) {
  EXPECT_EQ(ParseDay("2024-09-06"),
            std::chrono::sys_days(std::chrono::year(2024) / 9 / 6));
  for (const char* text : {"", "2024-9-6", "2024-02-30", "2024-13-01",
                           "2024/09/06", "2024-09-06x", "20 4-09-06"}) {
    EXPECT_EQ(ParseDay(text), std::nullopt) << text;
  }
}

TEST(SeedValuesTest, Numbers) {
  EXPECT_EQ(ParseNumber("4294967295"), 4294967295U);
  for (const char* text : {"", "-1", "4294967296", "1x", " 1", "0x1"}) {
    EXPECT_EQ(ParseNumber(text), std::nullopt) << text;
  }
}

TEST(SeedValuesTest, TheFirstErrorCounts) {
  CsvRow row({"maybe", "x", "y"});
  TakeBool(&row);
  TakeNumber(&row);
  TakeAddress(&row);
  EXPECT_EQ(row.error(), "column 1: not true or false");
}

TEST(SeedValuesTest, Lists) {
  CsvRow row({"a;b", "", "a;;b"});
  EXPECT_THAT(TakeList(&row), ElementsAre("a", "b"));
  EXPECT_THAT(TakeList(&row), ElementsAre());
  EXPECT_EQ(row.error(), "");
  TakeList(&row);
  EXPECT_EQ(row.error(), "column 3: not a list of ids");
}

}  // namespace
}  // namespace taster::reference
