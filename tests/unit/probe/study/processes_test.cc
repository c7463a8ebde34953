// SPDX-License-Identifier: Apache-2.0
// Who walks the pool is counted from the answers of several ports.
#include "probe/study/processes.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/unit/probe/study/pool_walker.h"

namespace taster::study {
namespace {

constexpr int kFlows = 32;
constexpr int kRounds = 8;

std::vector<net::IpAddress> PoolOf(std::size_t period) {
  std::vector<net::IpAddress> pool;
  for (std::size_t i = 0; i < period; ++i) {
    pool.push_back(PoolWalker::AddressAt(i));
  }
  return pool;
}

std::uint16_t FlowNumber(int flow) {
  return static_cast<std::uint16_t>(33000 + 61 * flow);
}

std::vector<Draw> AskFlows(PoolWalker walker, const Path& path) {
  std::vector<Draw> draws;
  for (int round = 0; round < kRounds; ++round) {
    for (int flow = 0; flow < kFlows; ++flow) {
      walker.Ask(FlowNumber(flow), path, &draws);
    }
  }
  return draws;
}

// Processes that any of the flows talks to.
std::size_t Reached(const PoolWalker& walker) {
  std::set<std::size_t> reached;
  for (int flow = 0; flow < kFlows; ++flow) {
    reached.insert(walker.ProcessOf(FlowNumber(flow)));
  }
  return reached.size();
}

TEST(Processes, NoCycleNoCount) {
  EXPECT_EQ(CountProcesses({}, {}).count, 0u);
  EXPECT_EQ(CountProcesses(PoolOf(1), {}).count, 0u);
}

TEST(Processes, EachIsCountedOnce) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const std::size_t processes = 1 + seed % 6;
    PoolWalker walker(592, processes, seed);
    const auto found = CountProcesses(PoolOf(592), AskFlows(walker, {}));
    EXPECT_EQ(found.count, Reached(walker)) << "seed " << seed;
    EXPECT_EQ(found.flows, std::size_t{kFlows});
  }
}

// A short cycle, where positions often meet by chance.
TEST(Processes, ShortPoolsToo) {
  int wrong = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    PoolWalker walker(30, 1 + seed % 5, seed);
    const auto found = CountProcesses(PoolOf(30), AskFlows(walker, {}));
    wrong += found.count == Reached(walker) ? 0 : 1;
  }
  EXPECT_LE(wrong, 4);
}

TEST(Processes, LossIsForgiven) {
  int wrong = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    PoolWalker walker(592, 1 + seed % 5, seed);
    const auto found = CountProcesses(
        PoolOf(592),
        AskFlows(walker,
                 {.lost_queries = 0.02, .lost_answers = 0.05, .doubled = 0.1}));
    wrong += found.count == Reached(walker) ? 0 : 1;
  }
  EXPECT_LE(wrong, 2);
}

}  // namespace
}  // namespace taster::study
