// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/filter.h"

#include <gtest/gtest.h>

#include "tests/unit/collector/serve/sample_view.h"

namespace taster::serve {
namespace {

class FilterTest : public testing::Test {
 protected:
  std::variant<Condition, Problem> Read(const char* column,
                                        const std::string& text) {
    const auto index = view_.Find(column);
    return ReadFilter(view_.columns[*index], *index, text);
  }
  Condition Good(const char* column, const std::string& text) {
    const auto read = Read(column, text);
    const auto* problem = std::get_if<Problem>(&read);
    EXPECT_EQ(problem, nullptr) << column << "=" << text;
    return problem == nullptr ? std::get<Condition>(read) : Condition{};
  }
  void Bad(const char* column, const std::string& text) {
    const auto read = Read(column, text);
    const auto* problem = std::get_if<Problem>(&read);
    ASSERT_NE(problem, nullptr) << column << "=" << text;
    EXPECT_EQ(problem->status, 400);
    EXPECT_EQ(problem->parameter, column);
    // What was asked with is never repeated.
    if (text.size() > 3) {
      EXPECT_EQ(problem->detail.find(text), std::string::npos);
    }
  }

  View view_ = SampleView();
};

TEST_F(FilterTest, ReadsValuesByType) {
  EXPECT_EQ(Good("domain", "a.example").values,
            std::vector<std::string>{"a.example"});
  EXPECT_EQ(Good("country", "CN,IR").values,
            (std::vector<std::string>{"CN", "IR"}));
  EXPECT_EQ(Good("asn", "4134").values, std::vector<std::string>{"4134"});
  EXPECT_EQ(Good("is_reserved", "true").comparison, Comparison::kAnyOf);
  EXPECT_EQ(Good("asn", "null").comparison, Comparison::kIsNull);
  EXPECT_EQ(Good("mechanisms", "a,b").comparison, Comparison::kOverlaps);
  EXPECT_EQ(Good("address", "192.0.2.0/24").comparison, Comparison::kWithin);
  EXPECT_EQ(Good("address", "2001:DB8::1").values,
            std::vector<std::string>{"2001:db8::1"});
}

TEST_F(FilterTest, BringsNamesToOneForm) {
  EXPECT_EQ(Good("domain", "Example.COM.").values[0], "example.com");
  EXPECT_EQ(Good("domain", "Bücher.example").values[0],
            "xn--bcher-kva.example");
  EXPECT_EQ(Good("domain", ".").values[0], ".");
  EXPECT_EQ(Good("domain", "<script>").values[0], "<script>");
}

TEST_F(FilterTest, ReadsRanges) {
  const Condition days = Good("day", "2026-11-01..2026-11-20");
  EXPECT_EQ(days.comparison, Comparison::kBetween);
  EXPECT_EQ(days.values,
            (std::vector<std::string>{"2026-11-01", "2026-11-20"}));
  EXPECT_EQ(Good("seen", "2026-11-01..2026-11-02").values,
            (std::vector<std::string>{"2026-11-01T00:00:00Z",
                                      "2026-11-02T23:59:59.999999Z"}));
  EXPECT_EQ(Good("asn", "-5..7").values, (std::vector<std::string>{"-5", "7"}));
  EXPECT_EQ(Good("agreement", "0.5..1").values,
            (std::vector<std::string>{"0.5", "1"}));
  Good("day", "2024-01-01..2024-12-31");  // 366 days.
}

TEST_F(FilterTest, RefusesWhatTheTypeDoesNotTake) {
  for (const char* text :
       {"", "2026-11-31", "2026-13-01", "yesterday", "2026-11-1",
        "2026-11-01..", "..2026-11-01", "2026-11-02..2026-11-01",
        "2024-01-01..2025-01-01", "0001-01-01..9999-12-31",
        "2026-11-01...2026-11-02", "infinity", "2026-11-01T00:00:00Z",
        "2026-11-01,", "12026-11-01..22026-11-01", "2026-11-01' --"}) {
    Bad("day", text);
  }
  for (const char* text : {"1e3", "0x10", "1.5", " 1", "1 ", "--1", "+1",
                           "99999999999999999999", "NaN", "1..", "5..1"}) {
    Bad("asn", text);
  }
  for (const char* text : {"32768", "-40000"}) Bad("hops", text);
  for (const char* text : {"nan", "1e9", ".5", "5.", "-", "infinity", "1,",
                           "123456789012345678901"}) {
    Bad("agreement", text);
  }
  for (const char* text : {"192.0.2.256", "192.0.2.1/24", "example.com", "::g",
                           "192.0.2.0/33", "1", "::1%eth0"}) {
    Bad("address", text);
  }
  for (const char* text : {"yes", "TRUE", "1", "t"}) Bad("is_reserved", text);
  for (const char* text : {"2026-11-01T25:00:00Z", "2026-11-01T00:00",
                           "2026-11-01 00:00:00", "now"}) {
    Bad("seen", text);
  }
  Bad("message", "00ff");
  Bad("domain", std::string(1025, 'a'));
  Bad("domain", "");
}

TEST_F(FilterTest, TakesSoManyValues) {
  std::string list = "a";
  for (int i = 1; i < 200; ++i) list += ",a";
  EXPECT_EQ(Good("country", list).values.size(), 200u);
  Bad("country", list + ",a");
}

}  // namespace
}  // namespace taster::serve
