// SPDX-License-Identifier: Apache-2.0
// P5: dissect, judge and store exactly once, beside plain binary COPY and
// libpqxx's stream_to of the same rows into the same tables. One private
// server, rounds interleaved, medians of the ratios within a round.
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
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

// What one way of storing cost, until its last commit returned.
struct Cost {
  double wall = 0;     // Seconds.
  double client = 0;   // CPU seconds of this process.
  double backend = 0;  // CPU seconds of its server process.
};

double ClientCpu() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) +
           static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// Of the newest session of taster_ingest.
double BackendCpu(store::TestPostgres* postgres) {
  const std::int64_t pid = postgres->Number(
      "SELECT pid FROM pg_stat_activity WHERE usename = 'taster_ingest'"
      " ORDER BY backend_start DESC LIMIT 1");
  double nanoseconds = 0;
  std::ifstream("/proc/" + std::to_string(pid) + "/schedstat") >> nanoseconds;
  return nanoseconds * 1e-9;
}

// Runs `work` over an open session.
template <typename Work>
Cost Measure(store::TestPostgres* postgres, Work work) {
  const double backend = BackendCpu(postgres);
  const double client = ClientCpu();
  const auto start = Clock::now();
  work();
  const std::chrono::duration<double> wall = Clock::now() - start;
  return {.wall = wall.count(),
          .client = ClientCpu() - client,
          .backend = BackendCpu(postgres) - backend};
}

// Raw rows in, receipts due: dissect and judge in this thread, as one of the
// collector's RPC threads would.
Cost Store(store::TestPostgres* postgres, const World& world, Batches raw) {
  auto writer =
      store::Writer::Start({.connection = postgres->Connection("taster_ingest"),
                            .rows_per_commit = kCommitRows});
  Check(writer.status());
  std::atomic<std::uint32_t> stored{0};
  const auto work = [&] {
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
  };
  return Measure(postgres, work);
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
Cost Copy(store::TestPostgres* postgres, const Batches& judged) {
  auto session = store::Session::Open(postgres->Connection("taster_ingest"),
                                      "SET lock_timeout = '2s'");
  Check(session.status());
  const auto work = [&] {
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
  };
  return Measure(postgres, work);
}

Cost Stream(store::TestPostgres* postgres, const Batches& judged) {
  Streamer streamer(postgres->Connection("taster_ingest"));
  // As many batches as the others put into a commit.
  const std::size_t batch_rows = 3 * kMeasurements + judged[0].sets.size();
  return Measure(postgres, [&] {
    streamer.Stream(judged, (kCommitRows + batch_rows - 1) / batch_rows);
  });
}

void Say(const char* what, const Cost& cost) {
  constexpr double kPerMeasurement = 1e6 / (kBatches * kMeasurements);
  std::fprintf(stderr,
               "  %-9s %6.2f s; us a measurement: client %.2f, backend %.2f\n",
               what, cost.wall, cost.client * kPerMeasurement,
               cost.backend * kPerMeasurement);
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
    const Cost copied = Copy(&postgres, judged);
    Empty(&postgres);
    const Cost stored = Store(&postgres, world, std::move(raw));
    Empty(&postgres);
    const Cost streamed = Stream(&postgres, judged);
    rates.push_back(kBatches * kMeasurements / stored.wall);
    against_copy.push_back(copied.wall / stored.wall);
    against_stream.push_back(streamed.wall / stored.wall);
    std::fprintf(stderr, "round %d\n", round);
    Say("copy", copied);
    Say("store", stored);
    Say("stream_to", streamed);
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
