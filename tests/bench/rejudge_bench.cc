// SPDX-License-Identifier: Apache-2.0
// P8: reading stored evidence and judging it again, one thread; the rate is of
// this process's CPU time, the server's sorting goes on beside it.
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>
#include <vector>

#include "collector/control/review.h"
#include "collector/store/writer.h"
#include "tests/bench/ingest_load.h"
#include "tests/unit/collector/store/postgres_fixture.h"

namespace taster::bench {
namespace {

constexpr std::uint32_t kBatches = 400;
constexpr double kGoal = 200'000;

[[noreturn]] void Die(const absl::Status& status) {
  std::fprintf(stderr, "rejudge_bench: %s\n", status.ToString().c_str());
  std::exit(1);
}

double Cpu() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) +
           static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void Store(const World& world, store::TestPostgres* postgres) {
  auto writer = store::Writer::Start(
      {.connection = postgres->Connection("taster_ingest")});
  if (!writer.ok()) Die(writer.status());
  std::atomic<std::uint32_t> stored{0};
  for (std::uint32_t i = 0; i < kBatches; ++i) {
    store::JudgedBatch batch = RawBatch(i);
    DissectAndJudge(world, &batch);
    const auto done = [&stored](absl::StatusOr<store::PutResult> result) {
      if (!result.ok()) Die(result.status());
      ++stored;
    };
    while (!(*writer)->Submit(batch, done)) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
  while (stored < kBatches) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  postgres->Execute("ANALYZE");
}

struct Cost {
  double wall = 0;  // Seconds.
  double cpu = 0;   // Seconds of this process.
};

Cost Rejudge(const World& world, store::TestPostgres* postgres) {
  // Lives as long as the world.
  const std::shared_ptr<const judge::Reference> reference(&world.reference,
                                                          [](auto) {});
  const auto today =
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const auto start = std::chrono::steady_clock::now();
  const double cpu = Cpu();
  const auto review = control::ReviewEvidence(
      {.connection = postgres->Connection("taster_judge"),
       .ruleset = "bench",
       .since = today - std::chrono::days(2),
       .until = today + std::chrono::days(2),
       .dry_run = true},
      world.book, {reference, std::make_shared<const control::NameContexts>()});
  if (!review.ok()) Die(review.status());
  if (review->measurements != std::uint64_t{kBatches} * kMeasurements) {
    Die(absl::InternalError("not everything was read"));
  }
  const std::chrono::duration<double> wall =
      std::chrono::steady_clock::now() - start;
  return {.wall = wall.count(), .cpu = Cpu() - cpu};
}

void Run(int rounds) {
  store::TestPostgres postgres;
  const World world;
  Store(world, &postgres);
  std::vector<double> per_core;
  std::vector<double> per_wall;
  for (int round = 0; round < rounds; ++round) {
    const Cost cost = Rejudge(world, &postgres);
    const double count = double{kBatches} * kMeasurements;
    per_core.push_back(count / cost.cpu);
    per_wall.push_back(count / cost.wall);
    std::fprintf(stderr, "round %d: %.2f s, of them %.2f s CPU here\n", round,
                 cost.wall, cost.cpu);
  }
  std::ranges::sort(per_core);
  std::ranges::sort(per_wall);
  const double rate = per_core[per_core.size() / 2];
  std::printf("P8.measurements_per_core_s %.0f >=%.0f %s\n", rate, kGoal,
              rate >= kGoal ? "ok" : "short");
  std::printf("P8.measurements_per_s %.0f - -\n",
              per_wall[per_wall.size() / 2]);
}

}  // namespace
}  // namespace taster::bench

int main(int argc, char** argv) {
  taster::bench::Run(argc > 1 ? std::max(1, std::atoi(argv[1])) : 3);
}
