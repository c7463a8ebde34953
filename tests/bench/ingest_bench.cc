// SPDX-License-Identifier: Apache-2.0
// P5: dissect, judge and store exactly once, beside plain binary COPY and
// libpqxx's stream_to of the same rows into the same tables. One private
// server, rounds interleaved, medians of the ratios within a round.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "collector/store/encoded_batch.h"
#include "collector/store/session.h"
#include "collector/store/writer.h"
#include "tests/bench/ingest_load.h"
#include "tests/bench/stream_to.h"
#include "tests/unit/collector/store/postgres_fixture.h"

namespace taster::bench {
namespace {

constexpr std::uint32_t kBatches = 80;
constexpr std::size_t kCommitRows = 10'000;

using Clock = std::chrono::steady_clock;
using Batches = std::vector<store::JudgedBatch>;

[[noreturn]] void Die(const absl::Status& status) {
  std::fprintf(stderr, "ingest_bench: %s\n", status.ToString().c_str());
  std::exit(1);
}

void Check(const absl::Status& status) {
  if (!status.ok()) Die(status);
}

// Today's partitions, where all of the load goes.
void Empty(store::TestPostgres* postgres) {
  postgres->Execute(
      "DO $$ DECLARE day regclass; BEGIN"
      " FOR day IN SELECT inhrelid::regclass FROM pg_inherits"
      " WHERE inhparent::regclass::text LIKE 'taster.%'"
      " AND inhrelid::regclass::text LIKE '%'"
      " || to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM_DD') LOOP"
      " EXECUTE format('TRUNCATE %s', day); END LOOP; END $$");
  postgres->Execute("CHECKPOINT");
}

double Seconds(Clock::time_point since) {
  return std::chrono::duration<double>(Clock::now() - since).count();
}

// Raw rows in, receipts due: dissect and judge in this thread, as one of the
// collector's RPC threads would.
double Store(store::TestPostgres* postgres, const World& world, Batches raw) {
  auto writer =
      store::Writer::Start({.connection = postgres->Connection("taster_ingest"),
                            .rows_per_commit = kCommitRows});
  Check(writer.status());
  std::atomic<std::uint32_t> stored{0};
  const auto start = Clock::now();
  for (store::JudgedBatch& batch : raw) {
    DissectAndJudge(world, &batch);
    const auto done = [&stored](absl::StatusOr<store::PutResult> result) {
      Check(result.status());
      if (*result == store::PutResult::kStored) ++stored;
    };
    if (!(*writer)->Submit(std::move(batch), done)) {
      Die(absl::InternalError("the queue is shorter than the load"));
    }
  }
  while (stored < kBatches) {
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  return Seconds(start);
}

void CopyOut(store::Session* session, const store::TableRows& rows) {
  Check(session->Execute("BEGIN"));
  for (std::size_t i = 0; i < store::kTables; ++i) {
    const auto table = static_cast<store::Table>(i);
    const std::string_view bytes = rows[table].buffer();
    if (bytes.empty()) continue;
    Check(session->CopyIn(store::CopyStatement(table), {&bytes, 1}));
  }
  Check(session->Commit());
}

// The same rows, encoded and copied; no ledger, no counts, nothing judged.
double Copy(store::TestPostgres* postgres, const Batches& judged) {
  auto session = store::Session::Open(postgres->Connection("taster_ingest"),
                                      "SET lock_timeout = '2s'");
  Check(session.status());
  const auto start = Clock::now();
  store::TableRows rows;
  for (const store::JudgedBatch& batch : judged) {
    const store::BatchKey key{batch.vantage_id, batch.batch_id};
    for (const auto& row : batch.measurements) {
      store::AppendEvidence(key, row, &rows);
    }
    for (const auto& set : batch.sets) {
      store::AppendVerdicts(key, set, {1, batch.receive_time, true}, &rows);
    }
    if (static_cast<std::size_t>(rows.rows()) < kCommitRows) continue;
    CopyOut(session->get(), rows);
    rows = store::TableRows();
  }
  if (rows.rows() > 0) CopyOut(session->get(), rows);
  return Seconds(start);
}

double Stream(store::TestPostgres* postgres, const Batches& judged) {
  const auto start = Clock::now();
  std::size_t rows = 0;
  for (std::size_t i = 0; i < judged.size(); ++i) {
    rows += 3 * kMeasurements + judged[i].sets.size();
  }
  const std::size_t per_batch = rows / judged.size();
  StreamTo(postgres->Connection("taster_ingest"), judged,
           (kCommitRows + per_batch - 1) / per_batch);
  return Seconds(start);
}

double Median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

void Print(const char* name, double ratio, double goal) {
  std::printf("%s %.2f >=%.2f %s\n", name, ratio, goal,
              ratio >= goal ? "ok" : "short");
}

void Run(int rounds) {
  store::TestPostgres postgres;
  const World world;
  std::vector<double> against_copy;
  std::vector<double> against_stream;
  std::vector<double> rates;
  for (int round = 0; round < rounds; ++round) {
    Batches raw;
    for (std::uint32_t i = 0; i < kBatches; ++i) raw.push_back(RawBatch(i));
    Batches judged = raw;
    for (store::JudgedBatch& batch : judged) DissectAndJudge(world, &batch);

    Empty(&postgres);
    const double copied = Copy(&postgres, judged);
    Empty(&postgres);
    const double stored = Store(&postgres, world, std::move(raw));
    Empty(&postgres);
    const double streamed = Stream(&postgres, judged);
    rates.push_back(kBatches * kMeasurements / stored);
    against_copy.push_back(copied / stored);
    against_stream.push_back(streamed / stored);
    std::fprintf(stderr,
                 "round %d: copy %.2f s, store %.2f s, stream_to %.2f s\n",
                 round, copied, stored, streamed);
  }
  std::printf("P5.measurements_per_s %.0f - -\n", Median(rates));
  Print("P5.store_vs_copy", Median(against_copy), 0.70);
  Print("P5.store_vs_stream_to", Median(against_stream), 1.5);
}

}  // namespace
}  // namespace taster::bench

int main(int argc, char** argv) {
  taster::bench::Run(argc > 1 ? std::max(1, std::atoi(argv[1])) : 5);
}
