// SPDX-License-Identifier: Apache-2.0
// The writer against a real server: exactly once, all or nothing.
#include "collector/store/writer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <iterator>
#include <vector>

#include "collector/store/reference_store.h"
#include "tests/unit/collector/store/postgres_fixture.h"
#include "tests/unit/collector/store/sample_batch.h"

namespace taster::store {
namespace {

using Outcome = absl::StatusOr<PutResult>;

class WriterTest : public testing::Test {
 protected:
  std::unique_ptr<Writer> Open() {
    auto writer = Writer::Start(
        {.connection = postgres_.Connection("taster_ingest"), .ruleset = {}});
    EXPECT_TRUE(writer.ok()) << writer.status();
    return *std::move(writer);
  }

  // Submits all, then waits for all.
  std::vector<Outcome> Put(Writer* writer, std::vector<JudgedBatch> batches) {
    std::vector<std::promise<Outcome>> promises(batches.size());
    for (std::size_t i = 0; i < batches.size(); ++i) {
      EXPECT_TRUE(writer->Submit(std::move(batches[i]),
                                 [&promise = promises[i]](Outcome outcome) {
                                   promise.set_value(std::move(outcome));
                                 }));
    }
    std::vector<Outcome> outcomes;
    for (auto& promise : promises) {
      outcomes.push_back(promise.get_future().get());
    }
    return outcomes;
  }

  // Rows of this test's vantage point.
  std::int64_t Count(const std::string& table) {
    return postgres_.Number("SELECT count(vantage_id) FROM taster." + table +
                            " WHERE vantage_id = " + std::to_string(vantage_));
  }

  TestPostgres& postgres_ = TestPostgres::Get();
  const std::int64_t vantage_ = postgres_.NextVantage();
};

void ExpectAll(const std::vector<Outcome>& outcomes, PutResult wanted) {
  for (const Outcome& outcome : outcomes) {
    ASSERT_TRUE(outcome.ok()) << outcome.status();
    EXPECT_EQ(*outcome, wanted);
  }
}

TEST_F(WriterTest, StoresEverythingThatBelongsToABatch) {
  const auto writer = Open();
  ExpectAll(Put(writer.get(), {SampleBatch(vantage_, 1)}), PutResult::kStored);
  EXPECT_EQ(Count("batch"), 1);
  EXPECT_EQ(Count("measurement"), 4);
  EXPECT_EQ(Count("response"), 4);
  EXPECT_EQ(Count("icmp_error"), 2);
  EXPECT_EQ(Count("redaction"), 2);
  EXPECT_EQ(Count("stream"), 2);
  EXPECT_EQ(Count("trace"), 0);
  EXPECT_EQ(Count("set_verdict"), 2);
  EXPECT_EQ(Count("verdict"), 8);
  EXPECT_EQ(Count("finding"), 2);
  EXPECT_EQ(Count("vantage_cell"), 2);
}

TEST_F(WriterTest, TheSameBytesAgainAreADuplicate) {
  const auto writer = Open();
  ExpectAll(Put(writer.get(), {SampleBatch(vantage_, 1)}), PutResult::kStored);
  ExpectAll(Put(writer.get(), {SampleBatch(vantage_, 1)}),
            PutResult::kDuplicate);
  EXPECT_EQ(Count("measurement"), 4);
  EXPECT_EQ(Count("verdict"), 8);
  EXPECT_EQ(
      postgres_.Number("SELECT sum(set_count)::bigint FROM taster.vantage_cell"
                       " WHERE vantage_id = " +
                       std::to_string(vantage_)),
      2);
}

TEST_F(WriterTest, OtherBytesUnderTheSameIdAreAConflict) {
  const auto writer = Open();
  ExpectAll(Put(writer.get(), {SampleBatch(vantage_, 1)}), PutResult::kStored);
  JudgedBatch other = SampleBatch(vantage_, 1);
  other.payload_hash.fill(0xee);
  ExpectAll(Put(writer.get(), {other}), PutResult::kConflict);
  EXPECT_EQ(Count("measurement"), 4);
}

TEST_F(WriterTest, MergesManyBatchesAndTellsEqualIdsApart) {
  const auto writer = Open();
  std::vector<JudgedBatch> batches;
  for (std::uint32_t i = 0; i < 60; ++i) {
    batches.push_back(SampleBatch(vantage_, i, 5));
  }
  batches.push_back(SampleBatch(vantage_, 7, 5));
  batches.push_back(SampleBatch(vantage_, 8, 5));
  batches.back().payload_hash.fill(0xee);
  const std::vector<Outcome> outcomes = Put(writer.get(), batches);
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    ASSERT_TRUE(outcomes[i].ok()) << outcomes[i].status();
    EXPECT_EQ(*outcomes[i], i < 60    ? PutResult::kStored
                            : i == 60 ? PutResult::kDuplicate
                                      : PutResult::kConflict);
  }
  EXPECT_EQ(Count("batch"), 60);
  EXPECT_EQ(Count("measurement"), 600);
  EXPECT_EQ(
      postgres_.Number("SELECT set_count FROM taster.vantage_cell"
                       " WHERE qname = 'name4.example.' AND vantage_id = " +
                       std::to_string(vantage_)),
      60);
}

TEST_F(WriterTest, OneBadBatchFailsAlone) {
  const auto writer = Open();
  std::vector<JudgedBatch> batches;
  for (std::uint32_t i = 0; i < 5; ++i) {
    batches.push_back(SampleBatch(vantage_, i));
  }
  batches[1].software = "not \xff text";
  // A day without a partition: only the server can tell.
  batches[3].batch_id = envelope::BatchId::Make(
      std::chrono::floor<std::chrono::days>(Today()) + std::chrono::days(4000));
  const std::vector<Outcome> outcomes = Put(writer.get(), batches);
  EXPECT_EQ(outcomes[1].status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(outcomes[3].status().code(), absl::StatusCode::kFailedPrecondition)
      << outcomes[3].status();
  ExpectAll({outcomes[0], outcomes[2], outcomes[4]}, PutResult::kStored);
  EXPECT_EQ(Count("batch"), 3);
}

TEST_F(WriterTest, BytesComeBackAsTheyWere) {
  const auto writer = Open();
  ExpectAll(Put(writer.get(), {SampleBatch(vantage_, 1)}), PutResult::kStored);
  const std::string where = " WHERE vantage_id = " + std::to_string(vantage_);
  EXPECT_EQ(postgres_.Number(
                "SELECT count(reply) FROM taster.response" + where +
                " AND message = '\\x0080ff207265706c79'::bytea"
                " AND addresses = '{8.7.6.0,2001:db8::9}'::inet[]"
                " AND rr_ttl = 4294967295 AND flags = 33792"
                " AND ((reply = 1 AND ip_ttl = 255 AND dont_fragment"
                " AND NOT ip_id_zero AND original_size IS NULL"
                " AND arrival_offset = '1500 us' AND source = '1.1.1.1')"
                " OR (reply = 2 AND ip_ttl IS NULL AND dont_fragment IS NULL"
                " AND original_size = 9000 AND source = '2001:db8::1'))"),
            4);
  EXPECT_EQ(
      postgres_.Number("SELECT count(rule_id) FROM taster.finding" + where +
                       " AND reason = 'it''s \"quoted\"; -- \\ \xe6\xb1\xa1'"),
      2);
  EXPECT_EQ(
      postgres_.Number("SELECT count(ordinal) FROM taster.measurement" + where +
                       " AND query_time >= now() - interval '1 hour'"
                       " AND window_length = '5 s' AND (source_port = 65535) ="
                       " (server IS NOT NULL AND response_count = 2)"),
      2);
}

TEST_F(WriterTest, ControlAnswersWidenTheirTimes) {
  const auto writer = Open();
  JudgedBatch batch = SampleBatch(vantage_, 1, 0);
  const Time now = Today();
  for (const int minutes : {5, 1, 9}) {
    batch.control.push_back({"widen.example.", 1, ControlRow::Kind::kAddress,
                             net::IpAddress::Parse("192.0.2.7"), vantage_,
                             now + std::chrono::minutes(minutes)});
  }
  batch.control.push_back({"widen.example.", 28, ControlRow::Kind::kNodata,
                           std::nullopt, vantage_, now});
  ExpectAll(Put(writer.get(), {batch}), PutResult::kStored);
  JudgedBatch later = SampleBatch(vantage_, 2, 0);
  later.control.push_back({"widen.example.", 28, ControlRow::Kind::kNodata,
                           std::nullopt, vantage_,
                           now + std::chrono::minutes(8)});
  ExpectAll(Put(writer.get(), {later}), PutResult::kStored);
  EXPECT_EQ(postgres_.Number("SELECT count(qname) FROM taster.control_answer"
                             " WHERE qname = 'widen.example.'"
                             " AND last_time - first_time = interval '8 min'"),
            2);
}

TEST_F(WriterTest, ChecksOfControlsComeBack) {
  const auto writer = Open();
  JudgedBatch batch = SampleBatch(vantage_, 1, 0);
  const ControlRow served{.qname = "served.example.",
                          .qtype = 1,
                          .kind = ControlRow::Kind::kServed,
                          .address = net::IpAddress::Parse("192.0.2.7"),
                          .vantage_id = vantage_,
                          .seen_time = Today(),
                          .port = 443,
                          .http_status = 301,
                          .redirect_domain = "tom.example"};
  ControlRow mail = served;
  mail.kind = ControlRow::Kind::kUnserved;
  mail.port = 993;
  mail.http_status.reset();
  mail.redirect_domain.clear();
  batch.control = {served, mail, served};
  ExpectAll(Put(writer.get(), {batch}), PutResult::kStored);
  const auto stored = LoadControlAnswers(postgres_.Connection("taster_judge"));
  ASSERT_TRUE(stored.ok()) << stored.status();
  std::vector<ControlRow> mine;
  std::ranges::copy_if(*stored, std::back_inserter(mine), [](const auto& row) {
    return row.qname == "served.example.";
  });
  std::ranges::sort(mine, {}, &ControlRow::port);
  EXPECT_EQ(mine, (std::vector<ControlRow>{served, mail}));
}

TEST(WriterStart, RefusesAServerThatMayForget) {
  const auto writer = Writer::Start(
      {.connection = TestPostgres::Get().Connection("taster_ingest") +
                     " options='-c synchronous_commit=off'",
       .ruleset = {}});
  EXPECT_EQ(writer.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_NE(writer.status().message().find("synchronous_commit=off"),
            absl::string_view::npos)
      << writer.status();
}

TEST(WriterStart, SaysWhichGrantIsMissing) {
  const auto writer = Writer::Start(
      {.connection = TestPostgres::Get().Connection("taster_reader"),
       .ruleset = {}});
  EXPECT_EQ(writer.status().code(), absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace taster::store
