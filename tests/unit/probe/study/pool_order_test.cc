// SPDX-License-Identifier: Apache-2.0
// The order of a pool comes out whatever the path loses and doubles.
#include "probe/study/pool_order.h"

#include <gtest/gtest.h>

#include "tests/unit/probe/study/pool_walker.h"

namespace taster::study {
namespace {

constexpr std::size_t kMost = 4096;

// As a study walks: until it is settled.
std::vector<Draw> Walk(PoolWalker walker, const Path& path) {
  std::vector<Draw> draws;
  for (std::size_t asked = 0; asked < kMost; ++asked) {
    walker.Ask(4711, path, &draws);
    if (asked % 64 == 63 && FindOrder(draws).settled()) break;
  }
  return draws;
}

TEST(PoolOrder, NothingIsUndecided) {
  const auto found = FindOrder({});
  EXPECT_EQ(found.kind, PoolKind::kUndecided);
  EXPECT_EQ(found.period(), 0u);
  EXPECT_FALSE(found.settled());
}

TEST(PoolOrder, OneAddressIsAPoolOfOne) {
  const auto draws = Walk(PoolWalker(1, 1, 7), {});
  const auto found = FindOrder(draws);
  EXPECT_EQ(found.kind, PoolKind::kSingle);
  EXPECT_EQ(found.period(), 1u);
}

TEST(PoolOrder, AStretchThatNeverCameBackIsUndecided) {
  PoolWalker walker(592, 1, 7);
  std::vector<Draw> draws;
  for (int i = 0; i < 300; ++i) walker.Ask(1, {}, &draws);
  EXPECT_EQ(FindOrder(draws).kind, PoolKind::kUndecided);
}

TEST(PoolOrder, TheWholePoolAfterTwoRounds) {
  const auto draws = Walk(PoolWalker(592, 3, 11), {});
  const auto found = FindOrder(draws);
  EXPECT_TRUE(found.settled());
  EXPECT_TRUE(IsWholePool(found.order, 592));
  EXPECT_LE(draws.size(), 2u * 592 + 64);
}

// Pools of every size, paths of every kind.
TEST(PoolOrder, SurvivesLossAndDuplicates) {
  std::mt19937_64 random(5);
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const std::size_t period = 2 + random() % 700;
    const Path path{.lost_queries = double(random() % 4) / 100,
                    .lost_answers = double(random() % 8) / 100,
                    .doubled = double(random() % 20) / 100};
    const auto draws = Walk(PoolWalker(period, 1 + random() % 5, seed), path);
    const auto found = FindOrder(draws);
    EXPECT_EQ(found.kind, PoolKind::kOrdered) << seed;
    EXPECT_TRUE(IsWholePool(found.order, period))
        << "seed " << seed << " period " << period << " found "
        << found.order.size();
  }
}

// Other ports' questions advance the same processes; only adjacent ones count.
TEST(PoolOrder, OtherFlowsBetweenDoNoHarm) {
  PoolWalker walker(100, 2, 3);
  std::vector<Draw> draws;
  for (int i = 0; i < 4000; ++i) {
    walker.Ask(static_cast<std::uint16_t>(i / 7 % 7), {}, &draws);
  }
  EXPECT_TRUE(IsWholePool(FindOrder(draws).order, 100));
}

TEST(PoolOrder, APoolPickedFromAtRandomHasNoOrder) {
  for (const std::size_t size : {4u, 10u, 592u}) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      const auto draws = Walk(PoolWalker(size, 1, seed), {.random_pool = true});
      const auto found = FindOrder(draws);
      EXPECT_EQ(found.kind, PoolKind::kRandom) << size;
      EXPECT_TRUE(found.order.empty());
      EXPECT_GE(found.distinct, size / 2);
      // Nobody is asked longer than it takes to see that.
      EXPECT_LE(draws.size(), 1300u);
    }
  }
}

TEST(PoolOrder, TwoAnswersToOneQuestionAreNoStep) {
  std::vector<Draw> draws;
  for (std::uint32_t ask = 0; ask < 100; ++ask) {
    draws.push_back({ask, 1, PoolWalker::AddressAt(ask % 5)});
    if (ask % 3 == 0) draws.push_back({ask, 1, PoolWalker::AddressAt(70)});
  }
  const auto found = FindOrder(draws);
  EXPECT_EQ(found.order.size(), 5u);
  EXPECT_EQ(found.steps, 33u);
}

}  // namespace
}  // namespace taster::study
