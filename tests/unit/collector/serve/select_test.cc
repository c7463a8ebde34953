// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/select.h"

#include <gtest/gtest.h>

#include "collector/serve/cursor.h"
#include "tests/unit/collector/serve/sample_view.h"

namespace taster::serve {
namespace {

class SelectTest : public testing::Test {
 protected:
  SelectTest() { envelope::Initialise(); }

  std::variant<ViewQuery, Problem> Read(const QueryParameters& parameters,
                                        std::string_view accept = "") {
    return ReadViewQuery(view_, parameters, accept, secret_);
  }
  ViewQuery Good(const QueryParameters& parameters) {
    const auto read = Read(parameters);
    const auto* problem = std::get_if<Problem>(&read);
    EXPECT_EQ(problem, nullptr) << (problem ? problem->detail : "");
    return problem ? ViewQuery{} : std::get<ViewQuery>(read);
  }
  std::string BadParameterOf(const QueryParameters& parameters) {
    const auto read = Read(parameters);
    const auto* problem = std::get_if<Problem>(&read);
    return problem == nullptr ? "none" : problem->parameter;
  }

  View view_ = SampleView();
  envelope::Secret secret_{};
};

TEST_F(SelectTest, PutsValuesIntoParametersOnly) {
  const Statement statement = BuildSelect(Good({{"domain", "x' OR 1=1 --"},
                                                {"country", "a\",b\\"},
                                                {"columns", "domain,asn"},
                                                {"limit", "5"}}));
  EXPECT_EQ(statement.sql,
            "SELECT \"domain\", \"asn\", \"day\"::text AS key_0, "
            "\"domain\"::text AS key_1, "
            "coalesce(\"country\", '')::text AS key_2, "
            "coalesce(\"asn\", -1)::text AS key_3, "
            "coalesce(\"address\", '::'::inet)::text AS key_4 "
            "FROM pub.\"sample\" "
            "WHERE \"domain\" = $1::text AND \"country\" = ANY ($2::text[]) "
            "ORDER BY \"day\" DESC, \"domain\" DESC, "
            "coalesce(\"country\", '') DESC, coalesce(\"asn\", -1) DESC, "
            "coalesce(\"address\", '::'::inet) DESC LIMIT 6");
  ASSERT_EQ(statement.parameters.size(), 2u);
  EXPECT_EQ(statement.parameters[0], "x' or 1=1 --");
  EXPECT_EQ(statement.parameters[1], "{\"a\\\"\",\"b\\\\\"}");
}

TEST_F(SelectTest, ReadsOnAfterACursor) {
  const ViewQuery first = Good({{"asn", "1..5"}, {"order", "asc"}});
  const std::string cursor =
      MakeCursor(secret_, first.question, {"2026-11-20", "a", "", "-1", "::"});
  const Statement next = BuildSelect(
      Good({{"cursor", cursor}, {"order", "asc"}, {"asn", "1..5"}}));
  EXPECT_NE(next.sql.find("\"asn\" BETWEEN $1::bigint AND $2::bigint AND "
                          "(\"day\", \"domain\", coalesce(\"country\", ''), "
                          "coalesce(\"asn\", -1), coalesce(\"address\", "
                          "'::'::inet)) > ($3::date, $4::text, $5::text, "
                          "$6::bigint, $7::inet)"),
            std::string::npos)
      << next.sql;
  EXPECT_EQ(BadParameterOf({{"cursor", cursor}, {"asn", "1..5"}}), "cursor");
  EXPECT_EQ(BadParameterOf({{"cursor", cursor}, {"order", "asc"}}), "cursor");
  EXPECT_EQ(BadParameterOf({{"cursor", ""}}), "cursor");
}

TEST_F(SelectTest, RefusesUnknownParameters) {
  for (const auto& [name, value] : QueryParameters{{"limit", "0"},
                                                   {"limit", "-1"},
                                                   {"limit", "1001"},
                                                   {"limit", "1000000000"},
                                                   {"limit", "ten"},
                                                   {"limit", ""},
                                                   {"limit", "1e2"},
                                                   {"order", "up"},
                                                   {"order", ""},
                                                   {"format", "xml"},
                                                   {"columns", ""},
                                                   {"columns", "domain,"},
                                                   {"columns", "domain,domain"},
                                                   {"columns", "pg_sleep(1)"},
                                                   {"columns", "domain;--"},
                                                   {"vantage_id", "1"},
                                                   {"1=1", "x"},
                                                   {"day\"", "2026-11-01"}}) {
    EXPECT_EQ(BadParameterOf({{name, value}}), name) << value;
  }
}

TEST_F(SelectTest, ChoosesTheFormat) {
  const auto format = [&](std::string_view accept) {
    return std::get<ViewQuery>(Read({}, accept)).format;
  };
  EXPECT_EQ(format(""), Format::kJson);
  EXPECT_EQ(format("text/html, */*;q=0.1"), Format::kJson);
  EXPECT_EQ(format("text/csv"), Format::kCsv);
  EXPECT_EQ(format("application/x-ndjson;q=1, */*"), Format::kJsonLines);
  EXPECT_EQ(std::get<Problem>(Read({}, "image/png")).status, 406);
  EXPECT_EQ(std::get<ViewQuery>(Read({{"format", "csv"}}, "image/png")).format,
            Format::kCsv);
}

}  // namespace
}  // namespace taster::serve
