// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/answer_text.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "collector/serve/csv_text.h"
#include "collector/serve/json_text.h"
#include "tests/unit/collector/serve/sample_view.h"

namespace taster::serve {
namespace {

using Json = nlohmann::json;
using store::ValueType;

std::string JsonOf(ValueType type, std::optional<std::string_view> cell) {
  std::string json;
  AppendJsonCell(type, cell, &json);
  return json;
}

std::string CsvOf(ValueType type, std::optional<std::string_view> cell) {
  std::string csv;
  AppendCsvCell(type, cell, &csv);
  return csv;
}

TEST(JsonCellTest, HasTypes) {
  EXPECT_EQ(JsonOf(ValueType::kText, std::nullopt), "null");
  EXPECT_EQ(JsonOf(ValueType::kInteger, "-7"), "-7");
  EXPECT_EQ(JsonOf(ValueType::kReal, "0.25"), "0.25");
  EXPECT_EQ(JsonOf(ValueType::kReal, "NaN"), "null");
  EXPECT_EQ(JsonOf(ValueType::kReal, "-Infinity"), "null");
  EXPECT_EQ(JsonOf(ValueType::kBoolean, "t"), "true");
  EXPECT_EQ(JsonOf(ValueType::kBoolean, "f"), "false");
  EXPECT_EQ(JsonOf(ValueType::kTime, "2026-11-22 12:00:00.5+00"),
            "\"2026-11-22T12:00:00.5Z\"");
  EXPECT_EQ(JsonOf(ValueType::kBytes, "\\x0aff"), "\"0aff\"");
  EXPECT_EQ(JsonOf(ValueType::kTextArray, R"({a,"b \"c\" \\",NULL,"NULL",""})"),
            R"(["a","b \"c\" \\","NULL",""])");
  EXPECT_EQ(JsonOf(ValueType::kTextArray, "{}"), "[]");
  EXPECT_EQ(JsonOf(ValueType::kIntegerArray, "{1,2}"), "[1,2]");
}

TEST(JsonTextTest, IsInertInsideHtml) {
  std::string json;
  AppendJsonText("</script><!-- & \"\\\n\x01\u2028", &json);
  EXPECT_EQ(json.find_first_of("<>&\n"), std::string::npos);
  EXPECT_EQ(Json::parse(json), "</script><!-- & \"\\\n\x01\u2028");
}

// Whatever octets come, what goes out is JSON.
TEST(JsonTextTest, EveryOctetPairIsJson) {
  for (int high = 0; high < 256; ++high) {
    for (int low = 0; low < 256; ++low) {
      const std::string text = {static_cast<char>(high), static_cast<char>(low),
                                'x'};
      std::string json;
      AppendJsonText(text, &json);
      ASSERT_TRUE(Json::accept(json)) << high << " " << low;
    }
  }
}

TEST(CsvCellTest, FormulasAreInert) {
  for (const char* text : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx"}) {
    EXPECT_EQ(CsvOf(ValueType::kText, text), "'" + std::string(text));
  }
  EXPECT_EQ(CsvOf(ValueType::kText, "\rx"), "\"'\rx\"");
  EXPECT_EQ(CsvOf(ValueType::kTextArray, "{=a,b}"), "'=a b");
  EXPECT_EQ(CsvOf(ValueType::kInteger, "-1"), "-1");
  EXPECT_EQ(CsvOf(ValueType::kText, std::nullopt), "");
}

TEST(CsvCellTest, QuotesAsRfc4180) {
  EXPECT_EQ(CsvOf(ValueType::kText, "a,b"), "\"a,b\"");
  EXPECT_EQ(CsvOf(ValueType::kText, "a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(CsvOf(ValueType::kText, "a\nb"), "\"a\nb\"");
  EXPECT_EQ(CsvOf(ValueType::kText, "plain"), "plain");
}

class AnswerTextTest : public testing::Test {
 protected:
  AnswerTextTest() {
    for (const char* cell : {"2026-11-19", "=a.example", "7"}) {
      rows_.Append(cell);
    }
    for (const char* cell : {"2026-11-20", "b\"c.example", "9"}) {
      rows_.Append(cell);
    }
    query_.view = &view_;
    query_.columns = {0, 1, 2};
  }

  View view_ = SampleView();
  ViewQuery query_;
  store::TextTable rows_{{{"day", ValueType::kDay},
                          {"domain", ValueType::kText},
                          {"probes", ValueType::kInteger}}};
  Release release_{.stamp = "s",
                   .update_time = "2026-11-21T00:00:00Z",
                   .first_day = "2026-10-01",
                   .last_day = "2026-11-20",
                   .ruleset = "r",
                   .licence = "CC-BY-4.0",
                   .citation = "c\u00fc",
                   .attribution = "a",
                   .floor = "5",
                   .probes = "40"};
};

TEST_F(AnswerTextTest, JsonSaysWhatItRestsOn) {
  const RowPage page{.rows = rows_, .count = 2, .next = "abc"};
  const Json answer =
      Json::parse(JsonAnswer(query_, page, MetaJson(query_, page, release_)));
  EXPECT_EQ(answer.at("meta"),
            Json::parse(R"({"view":"sample","count":2,"next":"abc",
              "period":["2026-11-19","2026-11-20"],"probes":9,"ruleset":"r",
              "update_time":"2026-11-21T00:00:00Z","floor":5,
              "licence":"CC-BY-4.0","citation":"cü","attribution":"a"})"));
  EXPECT_EQ(answer.at("data")[0], Json::parse(R"({"day":"2026-11-19",
              "domain":"=a.example","probes":7})"));
}

TEST_F(AnswerTextTest, AnEmptyAnswerHasTheSameShape) {
  const RowPage page{.rows = rows_, .count = 0};
  const Json answer =
      Json::parse(JsonAnswer(query_, page, MetaJson(query_, page, release_)));
  EXPECT_EQ(answer.at("meta").at("period"),
            Json::parse(R"(["2026-10-01","2026-11-20"])"));
  EXPECT_EQ(answer.at("meta").at("probes"), 40);
  EXPECT_TRUE(answer.at("meta").at("next").is_null());
  EXPECT_EQ(answer.at("data"), Json::array());
}

TEST_F(AnswerTextTest, HeadersAreAscii) {
  const RowPage page{.rows = rows_, .count = 2};
  const std::string meta = MetaJson(query_, page, release_);
  const std::string header = HeaderText(meta);
  for (const char c : header) EXPECT_TRUE(c >= 0x20 && c < 0x7f);
  EXPECT_EQ(Json::parse(header), Json::parse(meta));
  EXPECT_EQ(Json::parse(HeaderText("\"\U0001f600\"")), "\U0001f600");
}

TEST_F(AnswerTextTest, CsvAndLines) {
  const RowPage page{.rows = rows_, .count = 2};
  EXPECT_EQ(CsvAnswer(query_, page),
            "day,domain,probes\r\n2026-11-19,'=a.example,7\r\n"
            "2026-11-20,\"b\"\"c.example\",9\r\n");
  EXPECT_EQ(JsonLinesAnswer(query_, page),
            "{\"day\":\"2026-11-19\",\"domain\":\"=a.example\",\"probes\":7}\n"
            "{\"day\":\"2026-11-20\",\"domain\":\"b\\\"c.example\","
            "\"probes\":9}\n");
}

TEST(ProblemTest, IsAnObjectOfRfc9457) {
  const Json problem =
      Json::parse(ProblemJson(BadParameter("a\"<b", "It takes a day.")));
  EXPECT_EQ(problem, Json::parse(R"({"type":"/data/#bad-parameter","title":
              "A parameter cannot be understood","status":400,
              "detail":"It takes a day.","parameter":"a\"<b"})"));
}

}  // namespace
}  // namespace taster::serve
