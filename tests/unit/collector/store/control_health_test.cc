// SPDX-License-Identifier: Apache-2.0
#include "collector/store/control_health.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "collector/store/catalogue_store.h"
#include "collector/store/reference_store.h"
#include "collector/store/wished_names.h"
#include "tests/unit/collector/store/postgres_fixture.h"
#include "tests/unit/collector/store/put_all.h"
#include "tests/unit/collector/store/sample_batch.h"

namespace taster::store {
namespace {

using std::chrono::hours;

class ControlHealthTest : public testing::Test {
 protected:
  std::int64_t Enrolled(std::uint8_t byte, VantageRole role) {
    Enrolment enrolment{.key = {}, .role = role, .country = "NL", .asn = 64502};
    enrolment.key.fill(byte);
    const auto id = Enroll(postgres_.Connection("taster_enroll"), enrolment);
    EXPECT_TRUE(id.ok()) << id.status();
    return *id;
  }
  void Record(std::int64_t control, ControlState state, Time since,
              std::optional<Time> suspect = {}) {
    const auto recorded =
        RecordControlHealth(ingest_, {{.vantage_id = control,
                                       .state = state,
                                       .since = since,
                                       .suspect_time = suspect,
                                       .reason = "why",
                                       .names = 7,
                                       .failures = 1,
                                       .disagreements = 2}});
    EXPECT_TRUE(recorded.ok()) << recorded;
  }
  ControlHealthRow Now(std::int64_t control) {
    const auto rows = LoadControlHealth(ingest_);
    EXPECT_TRUE(rows.ok()) << rows.status();
    const auto at =
        std::ranges::find(*rows, control, &ControlHealthRow::vantage_id);
    return at == rows->end() ? ControlHealthRow() : *at;
  }
  void See(std::int64_t control, const std::string& qname, Time when) {
    JudgedBatch batch = SampleBatch(control, ++number_, 1);
    batch.sets.clear();
    batch.control.push_back(
        {qname, 1, ControlRow::Kind::kNodata, {}, control, when});
    PutAll(ingest_, {std::move(batch)});
  }
  bool IsBelieved(const std::string& qname) {
    const auto rows = LoadControlAnswers(ingest_);
    EXPECT_TRUE(rows.ok()) << rows.status();
    return std::ranges::any_of(
        *rows, [&](const ControlRow& row) { return row.qname == qname; });
  }

  TestPostgres& postgres_ = TestPostgres::Get();
  const std::string ingest_ = postgres_.Connection("taster_ingest");
  const Time start_{hours(24 * 20'000)};
  std::uint32_t number_ = 7000;
};

TEST_F(ControlHealthTest, OneThatWasNeverAssessedIsHealthy) {
  const auto control = Enrolled(201, VantageRole::kControl);
  const auto probe = Enrolled(202, VantageRole::kProbe);
  const ControlHealthRow row = Now(control);
  EXPECT_EQ(row.vantage_id, control);
  EXPECT_EQ(row.state, ControlState::kHealthy);
  EXPECT_EQ(row.country, "NL");
  EXPECT_EQ(row.asn, 64502u);
  EXPECT_FALSE(row.last_time);
  EXPECT_EQ(Now(probe).vantage_id, 0);
}

TEST_F(ControlHealthTest, StatesFollowOneAnother) {
  const auto control = Enrolled(203, VantageRole::kControl);
  Record(control, ControlState::kHealthy, start_);
  Record(control, ControlState::kPoisoned, start_ + hours(1), start_);
  Record(control, ControlState::kPoisoned, start_ + hours(2), start_);
  const ControlHealthRow row = Now(control);
  EXPECT_EQ(row.state, ControlState::kPoisoned);
  EXPECT_EQ(row.since, start_ + hours(1));
  EXPECT_EQ(row.suspect_time, start_);
  EXPECT_EQ(row.reason, "why");
  EXPECT_EQ(row.names, 7u);
  const auto rows = ReportControlHealth(postgres_.Connection("taster_analyst"));
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_NE(std::ranges::find(*rows, row), rows->end());
  EXPECT_EQ(postgres_.Number("SELECT count(*) FROM taster.control_health WHERE "
                             "vantage_id = " +
                             std::to_string(control)),
            2);
}

TEST_F(ControlHealthTest, WhatALiarSaysIsNotBelieved) {
  const auto control = Enrolled(204, VantageRole::kControl);
  See(control, "before.health.", start_);
  See(control, "while.health.", start_ + hours(2));
  EXPECT_TRUE(IsBelieved("before.health."));
  EXPECT_TRUE(IsBelieved("while.health."));
  Record(control, ControlState::kFiltered, start_ + hours(3),
         start_ + hours(1));
  EXPECT_FALSE(IsBelieved("before.health."));
  EXPECT_FALSE(IsBelieved("while.health."));
  // Well again: all but what it first said from when it was suspect.
  Record(control, ControlState::kHealthy, start_ + hours(4));
  See(control, "after.health.", start_ + hours(5));
  EXPECT_TRUE(IsBelieved("before.health."));
  EXPECT_FALSE(IsBelieved("while.health."));
  EXPECT_TRUE(IsBelieved("after.health."));
}

TEST_F(ControlHealthTest, FailingOnesAreBelievedForWhatTheySaid) {
  const auto control = Enrolled(205, VantageRole::kControl);
  See(control, "failing.health.", start_);
  Record(control, ControlState::kFailing, start_ + hours(1));
  EXPECT_TRUE(IsBelieved("failing.health."));
}

TEST_F(ControlHealthTest, WishedNamesAreThoseOfProbes) {
  const auto probe = Enrolled(206, VantageRole::kProbe);
  const auto control = Enrolled(207, VantageRole::kControl);
  PutAll(ingest_, {SampleBatch(probe, 8000, 1), SampleBatch(control, 8001, 1)});
  const auto wished =
      LoadWishedNames(ingest_, std::chrono::sys_days(), 1'000'000);
  ASSERT_TRUE(wished.ok()) << wished.status();
  std::size_t of_probe = 0;
  for (const WishedName& name : *wished) {
    EXPECT_NE(name.vantage_id, control);
    if (name.vantage_id != probe) continue;
    ++of_probe;
    EXPECT_EQ(name.asn, 64502u);
    EXPECT_TRUE(name.qname.ends_with('.'));
    EXPECT_EQ(name.open_sets > 0, !name.qtypes.empty());
  }
  EXPECT_GT(of_probe, 0u);
}

}  // namespace
}  // namespace taster::store
