// SPDX-License-Identifier: Apache-2.0
// What was written comes back: evidence for the judge, everything for explain.
#include "collector/store/evidence_reader.h"

#include <gtest/gtest.h>

#include "collector/store/evidence_stream.h"
#include "collector/store/measurement_reader.h"
#include "tests/unit/collector/store/postgres_fixture.h"
#include "tests/unit/collector/store/put_all.h"
#include "tests/unit/collector/store/sample_batch.h"

namespace taster::store {
namespace {

class EvidenceReaderTest : public testing::Test {
 protected:
  // A batch whose names no other test has.
  JudgedBatch Put(std::uint32_t number, std::uint32_t sets = 2) {
    JudgedBatch batch = SampleBatch(vantage_, number, sets);
    for (SetRow& set : batch.sets) set.qname = Name(set.set);
    PutAll(postgres_.Connection("taster_ingest"), {batch});
    return batch;
  }

  std::string Name(std::uint32_t set) const {
    return "v" + std::to_string(vantage_) + "." + SampleName(set);
  }

  TestPostgres& postgres_ = TestPostgres::Get();
  const std::string judge_ = postgres_.Connection("taster_judge");
  const std::int64_t vantage_ = postgres_.NextVantage();
};

void ExpectSame(const MeasurementRow& wrote, const MeasurementRow& read) {
  EXPECT_EQ(read.set, wrote.set);
  EXPECT_EQ(read.asked.ordinal, wrote.asked.ordinal);
  EXPECT_EQ(read.asked.role, wrote.asked.role);
  EXPECT_EQ(read.asked.qname, wrote.asked.qname);
  EXPECT_EQ(read.asked.qtype, wrote.asked.qtype);
  EXPECT_EQ(read.asked.server, wrote.asked.server);
  EXPECT_EQ(read.asked.server_kind, wrote.asked.server_kind);
  EXPECT_EQ(read.asked.transport, wrote.asked.transport);
  EXPECT_EQ(read.asked.outcome, wrote.asked.outcome);
  EXPECT_EQ(read.query, wrote.query);
  EXPECT_EQ(read.query_time, wrote.query_time);
  EXPECT_EQ(read.window, wrote.window);
  EXPECT_EQ(read.source_port, wrote.source_port);
  EXPECT_EQ(read.query_ip_ttl, wrote.query_ip_ttl);
  EXPECT_EQ(read.messages, wrote.messages);
  EXPECT_EQ(read.original_sizes, wrote.original_sizes);
  ASSERT_EQ(read.asked.replies.size(), wrote.asked.replies.size());
  for (std::size_t i = 0; i < read.asked.replies.size(); ++i) {
    const judge::Observation& back = read.asked.replies[i];
    const judge::Observation& sent = wrote.asked.replies[i];
    EXPECT_EQ(back.arrival_offset, sent.arrival_offset);
    EXPECT_EQ(back.source, sent.source);
    EXPECT_EQ(back.ip_ttl, sent.ip_ttl);
    EXPECT_EQ(back.dont_fragment, sent.dont_fragment);
    EXPECT_EQ(back.ip_id_zero, sent.ip_id_zero);
    EXPECT_EQ(back.rr_ttl, sent.rr_ttl);
  }
}

TEST_F(EvidenceReaderTest, LoadsOpenSetsOfTheNamesAskedFor) {
  const JudgedBatch batch = Put(1);
  Put(2);
  const auto sets =
      LoadOpenSets(judge_, {.qnames = {{Name(1), "other \"\\name."}}});
  ASSERT_TRUE(sets.ok()) << sets.status();
  ASSERT_EQ(sets->size(), 2);
  const StoredSet& first = sets->front();
  EXPECT_EQ(first.key, (SetKey{{vantage_, batch.batch_id}, 1}));
  EXPECT_EQ(first.qname, Name(1));
  ASSERT_EQ(first.measurements.size(), 2);
  ExpectSame(batch.measurements[2], first.measurements[0]);
  ExpectSame(batch.measurements[3], first.measurements[1]);
}

TEST_F(EvidenceReaderTest, PagesThroughOpenSets) {
  Put(1, 5);
  OpenSetQuery query{.qnames = {{}}, .limit = 2};
  for (std::uint32_t i = 0; i < 5; ++i) query.qnames->push_back(Name(i));
  std::vector<std::uint32_t> seen;
  while (true) {
    const auto page = FindOpenSets(judge_, query);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const OpenSet& set : *page) seen.push_back(set.key.set);
    if (page->size() < query.limit) break;
    query.after = page->back().key;
  }
  EXPECT_EQ(seen, (std::vector<std::uint32_t>{0, 1, 2, 3, 4}));
}

TEST_F(EvidenceReaderTest, ClosedSetsAreNotOpen) {
  JudgedBatch batch = SampleBatch(vantage_, 1, 1);
  batch.sets[0].qname = Name(0);
  for (auto& measurement : batch.sets[0].verdict.measurements) {
    measurement.verdict = judge::Class::kConsistent;
    for (auto& reply : measurement.replies) {
      reply.verdict = judge::Class::kConsistent;
    }
  }
  PutAll(postgres_.Connection("taster_ingest"), {batch});
  const auto sets = FindOpenSets(judge_, {.qnames = {{Name(0)}}});
  ASSERT_TRUE(sets.ok()) << sets.status();
  EXPECT_TRUE(sets->empty());
}

TEST_F(EvidenceReaderTest, ExplainsAMeasurement) {
  const JudgedBatch batch = Put(1);
  const auto read = LoadMeasurement(judge_, {vantage_, batch.batch_id}, 2);
  ASSERT_TRUE(read.ok()) << read.status();
  ExpectSame(batch.measurements[2], read->row);
  ASSERT_EQ(read->row.icmp_errors.size(), 1);
  EXPECT_EQ(read->row.icmp_errors[0].code, 13);
  EXPECT_EQ(read->row.icmp_errors[0].offender.ToString(), "10.0.0.1");
  ASSERT_EQ(read->row.redactions.size(), 1);
  EXPECT_EQ(read->row.redactions[0].offset, 40);
  EXPECT_EQ(read->row.asked.server_name.ToText(), "resolver.example.");
  ASSERT_TRUE(read->row.stream);
  EXPECT_EQ(read->row.stream->phase, 2);
  EXPECT_EQ(read->row.stream->bytes_received, 7u);
  EXPECT_EQ(read->row.stream->connect_time, std::chrono::microseconds(900));
  EXPECT_FALSE(read->row.stream->handshake_time);
  EXPECT_EQ(read->row.stream->tls_alert, 42);
  EXPECT_FALSE(read->row.stream->http_status);
  EXPECT_EQ(read->row.stream->certificate_fault, 1);
  EXPECT_EQ(read->row.stream->certificates.size(), 2u);
  EXPECT_EQ(read->row.stream->redirect_host, "tom.example");
  EXPECT_EQ(read->software, batch.software);
  EXPECT_EQ(read->receive_time, batch.receive_time);
  EXPECT_EQ(read->set_qname, Name(1));
  EXPECT_EQ(read->set_verdict, judge::Class::kPoisoned);
  ASSERT_EQ(read->verdicts.size(), 3);
  EXPECT_EQ(read->verdicts[1].verdict, judge::Class::kPoisoned);
  EXPECT_EQ(read->verdicts[1].injector, "gfw-1");
  EXPECT_EQ(read->verdicts[1].ruleset, judge::RulesetVersion());
  ASSERT_EQ(read->verdicts[1].fired.size(), 1);
  EXPECT_EQ(read->verdicts[1].fired[0].rule_id, "sample_rule");
  EXPECT_TRUE(read->verdicts[2].fired.empty());
}

TEST_F(EvidenceReaderTest, StreamsWhatConnectionsShowed) {
  const JudgedBatch batch = Put(1);
  int seen = 0;
  const auto take = [&](EvidenceSet&& set) {
    for (const MeasurementRow& row : set.stored.measurements) {
      if (row.asked.server_name.is_root()) continue;
      EXPECT_EQ(row.asked.server_name.ToText(), "resolver.example.");
      EXPECT_TRUE(row.asked.service.connected);
      ++seen;
    }
    return absl::OkStatus();
  };
  const auto status = StreamEvidence(
      judge_, {.day = batch.batch_id.day(), .qname = Name(1)}, take);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_GT(seen, 0);
}

TEST_F(EvidenceReaderTest, NothingIsExplainedThatIsNotStored) {
  const JudgedBatch batch = Put(1);
  for (const std::uint32_t ordinal : {4U, 511U}) {
    EXPECT_EQ(LoadMeasurement(judge_, {vantage_, batch.batch_id}, ordinal)
                  .status()
                  .code(),
              absl::StatusCode::kNotFound);
  }
}

}  // namespace
}  // namespace taster::store
