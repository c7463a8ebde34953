// SPDX-License-Identifier: Apache-2.0
#include "collector/learn/order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace taster::learn {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

net::IpAddress Member(std::uint32_t index) {
  return net::IpAddress::FromV4(0x2c000000 + index * 7919);
}

// `length` answers from a process that walks 50 addresses.
Walk WalkFrom(std::uint32_t start, int length) {
  Walk walk;
  for (int i = 0; i < length; ++i) {
    walk.push_back(Member((start + static_cast<std::uint32_t>(i)) % 50));
  }
  return walk;
}

TEST(OrderTest, AProcessWalksItsListRound) {
  std::vector<Walk> walks;
  for (std::uint32_t start : {0U, 17U, 33U, 40U}) {
    walks.push_back(WalkFrom(start, 60));
  }
  const PoolOrder order = FindOrder(walks);
  ASSERT_THAT(order.stretches, SizeIs(1));
  EXPECT_THAT(order.stretches[0], SizeIs(50));
  EXPECT_TRUE(order.is_cycle);
  EXPECT_EQ(order.following, order.steps);
  const auto& cycle = order.stretches[0];
  const auto zero = std::ranges::find(cycle, Member(0));
  ASSERT_NE(zero, cycle.end());
  const auto next = zero + 1 == cycle.end() ? cycle.begin() : zero + 1;
  EXPECT_EQ(*next, Member(1));
}

// Other people's queries move the process on now and then.
TEST(OrderTest, SurvivesSkippedAnswers) {
  std::mt19937 random(9);
  std::vector<Walk> walks;
  for (int flow = 0; flow < 12; ++flow) {
    Walk walk = WalkFrom(static_cast<std::uint32_t>(flow * 11), 120);
    std::erase_if(walk,
                  [&](const net::IpAddress&) { return random() % 10 == 0; });
    walks.push_back(std::move(walk));
  }
  const PoolOrder order = FindOrder(walks);
  ASSERT_FALSE(order.stretches.empty());
  EXPECT_THAT(order.stretches[0], SizeIs(50));
  EXPECT_TRUE(order.is_cycle);
  EXPECT_LT(order.following, order.steps);
}

TEST(OrderTest, RandomPicksHaveNone) {
  std::mt19937 random(4);
  std::vector<Walk> walks(20);
  for (Walk& walk : walks) {
    for (int i = 0; i < 100; ++i) {
      walk.push_back(Member(static_cast<std::uint32_t>(random() % 50)));
    }
  }
  const PoolOrder order = FindOrder(walks);
  EXPECT_LT(order.following * 10, order.steps);
  for (const auto& stretch : order.stretches) EXPECT_LT(stretch.size(), 10U);
}

TEST(OrderTest, TooLittleToTell) {
  EXPECT_THAT(FindOrder({}).stretches, IsEmpty());
  EXPECT_THAT(FindOrder({WalkFrom(0, 1)}).stretches, IsEmpty());
  EXPECT_THAT(FindOrder({WalkFrom(0, 9)}).stretches, IsEmpty());
}

}  // namespace
}  // namespace taster::learn
