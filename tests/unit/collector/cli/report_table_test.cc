// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/report_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collector/cli/report_json.h"

namespace taster::cli {
namespace {

using testing::HasSubstr;

store::ReportRow PoisonedRow() {
  store::ReportRow row;
  row.qname = "www.example.com.";
  row.qtype = "A";
  row.country = "CN";
  row.asn = 64496;
  row.verdict = "poisoned";
  row.mechanisms = {"on_path_injection"};
  row.injectors = {"gfw-2", "gfw-3"};
  for (const auto* text : {"192.0.2.1", "192.0.2.2", "192.0.2.3"}) {
    row.forged_addresses.push_back(*net::IpAddress::Parse(text));
  }
  row.control_addresses = {*net::IpAddress::Parse("198.51.100.1")};
  row.forged_offset = std::chrono::microseconds(374);
  row.measurement_count = 9;
  row.poisoned_count = 9;
  row.vantage_count = 1;
  return row;
}

TEST(ReportTable, SaysWhatToDoWhenThereIsNothing) {
  EXPECT_THAT(ReportTable({}), HasSubstr("--all"));
}

TEST(ReportTable, ShowsARowAndASummary) {
  const std::string table = ReportTable({PoisonedRow()});
  EXPECT_THAT(table, HasSubstr("www.example.com.  A     CN/AS64496  poisoned"));
  EXPECT_THAT(table, HasSubstr("gfw-2,gfw-3"));
  EXPECT_THAT(table, HasSubstr("192.0.2.1 192.0.2.2 +1"));
  // Nothing genuine arrived: the control's addresses stand for the truth.
  EXPECT_THAT(table, HasSubstr("198.51.100.1"));
  EXPECT_THAT(table, HasSubstr("0.4        -\n"));
  EXPECT_THAT(table, HasSubstr("1 names, 9 measurements; poisoned 1."));
}

TEST(ReportJson, AbsentValuesAreNull) {
  const std::string json = ReportJson({}, {PoisonedRow()}, {});
  EXPECT_THAT(json, HasSubstr("\"format\": \"taster-report/1\""));
  EXPECT_THAT(json, HasSubstr("\"genuine_ms\": null"));
  EXPECT_THAT(json, HasSubstr("\"forged_ms\": 0.374"));
}

}  // namespace
}  // namespace taster::cli
