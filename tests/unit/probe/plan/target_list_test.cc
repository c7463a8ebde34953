// SPDX-License-Identifier: Apache-2.0
// Each class of bad name is rejected, and a list with many of them is refused.
#include "probe/plan/target_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace taster::plan {
namespace {

using ::testing::HasSubstr;

BadName WhyBad(std::string_view text) {
  BadName why = BadName::kNone;
  const auto name = ReadTargetName(text, &why);
  EXPECT_EQ(name.has_value(), why == BadName::kNone);
  return why;
}

TEST(TargetName, EachBadClassIsRejected) {
  EXPECT_EQ(WhyBad(""), BadName::kMalformed);
  EXPECT_EQ(WhyBad("a..example.com"), BadName::kMalformed);
  EXPECT_EQ(WhyBad(".example.com"), BadName::kMalformed);
  EXPECT_EQ(WhyBad(std::string(64, 'a') + ".com"), BadName::kMalformed);
  std::string name;
  for (int i = 0; i < 5; ++i) name += std::string(60, 'a') + ".";
  EXPECT_EQ(WhyBad(name + "com"), BadName::kMalformed);
  EXPECT_EQ(WhyBad("b\xc3\xbc"
                   "cher.example"),
            BadName::kNotALabel);
  EXPECT_EQ(WhyBad("_dmarc.example.com"), BadName::kUnderscore);
  EXPECT_EQ(WhyBad("*.example.com"), BadName::kWildcard);
  EXPECT_EQ(WhyBad("example.com."), BadName::kTrailingDot);
  EXPECT_EQ(WhyBad("example"), BadName::kSingleLabel);
  EXPECT_EQ(WhyBad("localhost"), BadName::kSpecialUse);
  EXPECT_EQ(WhyBad("a.localhost"), BadName::kSpecialUse);
  EXPECT_EQ(WhyBad("abc.onion"), BadName::kSpecialUse);
  EXPECT_EQ(WhyBad("Printer.LOCAL"), BadName::kSpecialUse);
  EXPECT_EQ(WhyBad("1.0.0.127.in-addr.arpa"), BadName::kSpecialUse);
  EXPECT_EQ(WhyBad("8.8.8.8"), BadName::kAddress);
  EXPECT_EQ(WhyBad("2001:db8::1"), BadName::kAddress);
  EXPECT_EQ(WhyBad("300.1.1.1"), BadName::kAddress);
  EXPECT_EQ(WhyBad("-a.example"), BadName::kNotLdh);
  EXPECT_EQ(WhyBad("a b.example"), BadName::kNotLdh);
  EXPECT_EQ(WhyBad("a\x1b[31m.example"), BadName::kNotLdh);
  EXPECT_EQ(WhyBad("a\\046b.example"), BadName::kNotLdh);
}

TEST(TargetName, OrdinaryNamesAreAccepted) {
  for (const auto* text : {"example.com", "xn--bcher-kva.example", "4chan.org",
                           "a-b.c--d.net", "WWW.Google.COM"}) {
    EXPECT_EQ(WhyBad(text), BadName::kNone) << text;
  }
}

TEST(TargetList, FoldsDuplicatesAndCase) {
  const auto list = ReadTargetList(
      "# names\nexample.com\r\n  EXAMPLE.com  # again\n\nwww.example.com");
  ASSERT_TRUE(list.ok()) << list.status();
  ASSERT_EQ(list->names.size(), 2u);
  EXPECT_EQ(list->names[0].ToText(), "example.com.");
  EXPECT_EQ(list->duplicates, 1u);
  EXPECT_TRUE(list->bad.empty());
}

TEST(TargetList, OneBadEntryInAHundredIsLeftOut) {
  std::string text = "bad_name.example\n";
  for (int i = 0; i < 99; ++i) text += "n" + std::to_string(i) + ".example\n";
  const auto list = ReadTargetList(text);
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->names.size(), 99u);
  ASSERT_EQ(list->bad.size(), 1u);
  EXPECT_EQ(list->bad[0].line, 1u);
}

TEST(TargetList, MoreThanOnePercentBadRefusesTheList) {
  const auto list = ReadTargetList("example.com\n\nlocalhost\n10.0.0.1\n");
  ASSERT_EQ(list.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(list.status().message()),
              HasSubstr("line 3 lies in a special-use domain"));
  EXPECT_THAT(std::string(list.status().message()), HasSubstr("line 4"));
}

TEST(TargetList, HugeEmptyOrBinaryListsAreRefused) {
  std::string many;
  for (int i = 0; i <= 20'000; ++i) many += std::to_string(i) + ".example\n";
  EXPECT_FALSE(ReadTargetList(many).ok());
  EXPECT_FALSE(ReadTargetList(std::string((1 << 20) + 1, 'a')).ok());
  EXPECT_FALSE(ReadTargetList("").ok());
  EXPECT_FALSE(ReadTargetList("# nothing\n").ok());
  const auto nul = ReadTargetList(std::string("a.example\nb\0.example", 20));
  EXPECT_THAT(std::string(nul.status().message()), HasSubstr("line 2"));
}

}  // namespace
}  // namespace taster::plan
