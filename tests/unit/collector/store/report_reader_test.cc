// SPDX-License-Identifier: Apache-2.0
#include "collector/store/report_reader.h"

#include <gtest/gtest.h>

#include "collector/store/catalogue_store.h"
#include "tests/unit/collector/store/postgres_fixture.h"
#include "tests/unit/collector/store/put_all.h"
#include "tests/unit/collector/store/sample_batch.h"

namespace taster::store {
namespace {

constexpr char kName[] = "report.example.";

class ReportReaderTest : public testing::Test {
 protected:
  std::int64_t Enrolled(std::uint8_t byte, const std::string& country) {
    Enrolment enrolment{.key = {}, .country = country, .asn = 64500};
    enrolment.key.fill(byte);
    const auto id = Enroll(postgres_.Connection("taster_enroll"), enrolment);
    EXPECT_TRUE(id.ok()) << id.status();
    return *id;
  }

  // One set for kName: first reply poisoned at 2 ms, second genuine at 40 ms.
  JudgedBatch Answered(std::int64_t vantage_id, std::uint32_t number) {
    JudgedBatch batch = SampleBatch(vantage_id, number, 1);
    MeasurementRow& row = batch.measurements[0];
    for (MeasurementRow& each : batch.measurements) {
      each.asked.qname = *dns::Name::Parse(kName);
    }
    row.asked.replies[0].arrival_offset = std::chrono::milliseconds(2);
    row.asked.replies[1].arrival_offset = std::chrono::milliseconds(40);
    row.asked.replies[1].addresses.clear();
    row.asked.replies[1].addresses.push_back(
        {*net::IpAddress::Parse("192.0.2.80"), 60, 1});
    batch.sets[0].qname = kName;
    batch.sets[0].verdict.measurements[0].replies[1].verdict =
        judge::Class::kConsistent;
    return batch;
  }

  std::vector<ReportRow> Report(ReportQuery query) {
    query.since = std::chrono::floor<std::chrono::days>(Today());
    query.until = query.since;
    auto rows = ReadReport(postgres_.Connection("taster_analyst"), query);
    EXPECT_TRUE(rows.ok()) << rows.status();
    return rows.ok() ? *std::move(rows) : std::vector<ReportRow>();
  }

  TestPostgres& postgres_ = TestPostgres::Get();
};

std::vector<net::IpAddress> Addresses(
    std::initializer_list<const char*> texts) {
  std::vector<net::IpAddress> addresses;
  for (const char* text : texts) {
    addresses.push_back(*net::IpAddress::Parse(text));
  }
  return addresses;
}

TEST_F(ReportReaderTest, TellsNetworksApart) {
  const std::int64_t in_cn = Enrolled(0x71, "CN");
  const std::int64_t also_cn = Enrolled(0x72, "CN");
  const std::int64_t in_ir = Enrolled(0x73, "IR");
  JudgedBatch clean = Answered(in_ir, 3);
  for (auto& each : clean.sets[0].verdict.measurements) {
    each = {.ordinal = each.ordinal,
            .verdict = judge::Class::kConsistent,
            .injector = {},
            .replies = {}};
  }
  JudgedBatch first = Answered(in_cn, 1);
  first.control.push_back({kName, 1, ControlRow::Kind::kAddress,
                           net::IpAddress::Parse("192.0.2.81"), in_cn,
                           Today()});
  PutAll(postgres_.Connection("taster_ingest"),
         {first, Answered(also_cn, 2), clean});

  const auto rows = Report({.since = {}, .until = {}, .qname = kName});
  ASSERT_EQ(rows.size(), 1);
  const ReportRow& row = rows[0];
  EXPECT_EQ(row.qname, kName);
  EXPECT_EQ(row.qtype, "A");
  EXPECT_EQ(row.country, "CN");
  EXPECT_EQ(row.asn, 64500);
  EXPECT_EQ(row.verdict, "poisoned");
  EXPECT_EQ(row.mechanisms, std::vector<std::string>{"on_path_injection"});
  EXPECT_EQ(row.injectors, std::vector<std::string>{"gfw-1"});
  EXPECT_EQ(row.forged_addresses, Addresses({"8.7.6.0", "2001:db8::9"}));
  EXPECT_EQ(row.genuine_addresses, Addresses({"192.0.2.80"}));
  EXPECT_EQ(row.control_addresses, Addresses({"192.0.2.81"}));
  EXPECT_EQ(row.forged_offset, std::chrono::milliseconds(2));
  EXPECT_EQ(row.genuine_offset, std::chrono::milliseconds(40));
  EXPECT_EQ(row.measurement_count, 4);
  EXPECT_EQ(row.poisoned_count, 2);
  EXPECT_EQ(row.vantage_count, 2);
  EXPECT_EQ(row.witness_ordinal, 0);

  const auto all = Report(
      {.since = {}, .until = {}, .qname = kName, .with_consistent = true});
  ASSERT_EQ(all.size(), 2);
  EXPECT_EQ(all[1].country, "IR");
  EXPECT_EQ(all[1].verdict, "consistent");
  EXPECT_EQ(all[1].forged_offset, std::nullopt);
  EXPECT_TRUE(all[1].forged_addresses.empty());
}

TEST_F(ReportReaderTest, WhatHasNoSayTakesNothingFromTheRest) {
  const std::int64_t vantage = Enrolled(0x74, "RU");
  const auto verdict_with = [&](std::uint32_t number, bool has_say) {
    JudgedBatch batch = Answered(vantage, number);
    const std::string name = "say" + std::to_string(number) + ".example.";
    for (MeasurementRow& each : batch.measurements) {
      each.asked.qname = *dns::Name::Parse(name);
    }
    batch.sets[0].qname = name;
    for (auto& each : batch.sets[0].verdict.measurements) {
      each = {.ordinal = each.ordinal,
              .verdict = each.ordinal == 0 ? judge::Class::kInsufficient
                                           : judge::Class::kConsistent,
              .injector = {},
              .has_say = each.ordinal != 0 || has_say,
              .replies = {}};
    }
    PutAll(postgres_.Connection("taster_ingest"), {batch});
    const auto rows = Report(
        {.since = {}, .until = {}, .qname = name, .with_consistent = true});
    EXPECT_EQ(rows.size(), 1);
    return rows.empty() ? std::string() : rows[0].verdict;
  };
  EXPECT_EQ(verdict_with(4, true), "insufficient");
  EXPECT_EQ(verdict_with(5, false), "consistent");
}

TEST_F(ReportReaderTest, UnknownNameGivesNothing) {
  EXPECT_TRUE(
      Report({.since = {}, .until = {}, .qname = "' OR true; --"}).empty());
}

}  // namespace
}  // namespace taster::store
