// SPDX-License-Identifier: Apache-2.0
// Verdicts replaced: evidence stays, counts equal a recount.
#include "collector/store/verdict_store.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/unit/collector/store/postgres_fixture.h"
#include "tests/unit/collector/store/put_all.h"
#include "tests/unit/collector/store/sample_batch.h"

namespace taster::store {
namespace {

class VerdictStoreTest : public testing::Test {
 protected:
  void SetUp() override {
    for (std::uint32_t i = 0; i < 3; ++i) {
      batches_.push_back(SampleBatch(vantage_, i, 3));
    }
    PutAll(postgres_.Connection("taster_ingest"), batches_);
  }

  // Every set of every batch, all of one class and without findings.
  std::vector<Rejudged> AllAs(judge::Class verdict) {
    std::vector<Rejudged> sets;
    for (const JudgedBatch& batch : batches_) {
      for (SetRow row : batch.sets) {
        row.verdict.verdict = verdict;
        row.verdict.injector.clear();
        row.verdict.mechanism = judge::Mechanism::kNone;
        for (auto& measurement : row.verdict.measurements) {
          measurement.verdict = verdict;
          measurement.replies.assign(
              measurement.replies.size(),
              judge::ReplyVerdict{
                  .verdict = verdict, .injector = {}, .fired = {}});
        }
        sets.push_back({{{vantage_, batch.batch_id}, row.set}, row});
      }
    }
    return sets;
  }

  VerdictStore Open() {
    return VerdictStore(postgres_.Connection("taster_judge"), "test-rules");
  }

  std::int64_t Count(const std::string& from, const std::string& also = "") {
    return postgres_.Number("SELECT count(vantage_id) FROM taster." + from +
                            " WHERE vantage_id = " + std::to_string(vantage_) +
                            also);
  }

  // Cells that differ from what set_verdict gives when counted now.
  std::int64_t WrongCells() {
    const std::string mine = " WHERE vantage_id = " + std::to_string(vantage_);
    return postgres_.Number(
        "SELECT count(counted.qname) FROM"
        " (SELECT qname, class, mechanism, injector_id, set_count"
        " FROM taster.vantage_cell" +
        mine +
        " AND set_count <> 0) AS counted"
        " FULL JOIN (SELECT qname, class, mechanism, injector_id,"
        " count(qname) AS set_count FROM taster.set_verdict" +
        mine +
        " GROUP BY qname, class, mechanism, injector_id) AS recounted"
        " USING (qname, class, mechanism, injector_id)"
        " WHERE counted.set_count IS DISTINCT FROM recounted.set_count");
  }

  TestPostgres& postgres_ = TestPostgres::Get();
  const std::int64_t vantage_ = postgres_.NextVantage();
  std::vector<JudgedBatch> batches_;
};

TEST_F(VerdictStoreTest, ReplacesVerdictsAndFindings) {
  ASSERT_EQ(Count("finding"), 9);
  ASSERT_EQ(WrongCells(), 0);
  VerdictStore store = Open();
  const absl::Status status =
      store.Replace(AllAs(judge::Class::kConsistent), Today());
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(Count("set_verdict", " AND class = 0 AND NOT is_open"), 9);
  EXPECT_EQ(Count("set_verdict"), 9);
  EXPECT_EQ(Count("verdict", " AND class = 0"), 36);
  EXPECT_EQ(Count("verdict"), 36);
  EXPECT_EQ(Count("finding"), 0);
  EXPECT_EQ(Count("measurement"), 18);
  EXPECT_EQ(WrongCells(), 0);
  EXPECT_EQ(Count("set_verdict JOIN taster.ruleset USING (ruleset_id)",
                  " AND version = 'test-rules'"),
            9);
}

TEST_F(VerdictStoreTest, WhatIsNotStoredIsLeftOut) {
  VerdictStore store = Open();
  std::vector<Rejudged> sets = AllAs(judge::Class::kConsistent);
  sets.resize(1);
  sets.push_back(sets[0]);
  sets[1].key.batch.batch_id.bytes[15] ^= 0xff;
  ASSERT_TRUE(store.Replace(sets, Today()).ok());
  EXPECT_EQ(Count("set_verdict"), 9);
  EXPECT_EQ(Count("verdict"), 36);
  EXPECT_EQ(WrongCells(), 0);
}

TEST_F(VerdictStoreTest, ManyReplacersKeepTheCountsRight) {
  std::vector<std::thread> replacers;
  for (const judge::Class verdict :
       {judge::Class::kConsistent, judge::Class::kPoisoned,
        judge::Class::kInsufficient, judge::Class::kBlocked}) {
    replacers.emplace_back([this, verdict] {
      VerdictStore store = Open();
      for (int round = 0; round < 8; ++round) {
        absl::Status status;
        do {
          status = store.Replace(AllAs(verdict), Today());
        } while (absl::IsAborted(status) || absl::IsUnavailable(status));
        EXPECT_TRUE(status.ok()) << status;
      }
    });
  }
  for (std::thread& replacer : replacers) replacer.join();
  EXPECT_EQ(Count("set_verdict"), 9);
  EXPECT_EQ(Count("verdict"), 36);
  EXPECT_EQ(WrongCells(), 0);
}

TEST_F(VerdictStoreTest, ComesBackAfterItsConnectionWasLost) {
  VerdictStore store = Open();
  ASSERT_TRUE(store.Replace(AllAs(judge::Class::kPoisoned), Today()).ok());
  postgres_.Number(
      "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
      " WHERE usename = 'taster_judge'");
  absl::Status status = store.Replace(AllAs(judge::Class::kBlocked), Today());
  if (absl::IsUnavailable(status)) {
    status = store.Replace(AllAs(judge::Class::kBlocked), Today());
  }
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(Count("set_verdict", " AND class = 7"), 9);
  EXPECT_EQ(WrongCells(), 0);
}

TEST_F(VerdictStoreTest, TheJudgeCannotTouchEvidence) {
  auto session =
      Session::Open(postgres_.Connection("taster_judge"), "SET jit = off");
  ASSERT_TRUE(session.ok()) << session.status();
  for (const char* sql :
       {"DELETE FROM taster.measurement",
        "UPDATE taster.response SET rcode = 0", "DELETE FROM taster.batch"}) {
    EXPECT_EQ((*session)->Execute(sql).code(),
              absl::StatusCode::kFailedPrecondition)
        << sql;
  }
}

}  // namespace
}  // namespace taster::store
