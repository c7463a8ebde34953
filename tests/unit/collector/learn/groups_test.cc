// SPDX-License-Identifier: Apache-2.0
#include "collector/learn/groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace taster::learn {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

// Ten of 500 addresses each: a large pool, seldom the same ones.
std::vector<Draw> LargePool(std::uint32_t names) {
  std::vector<Draw> draws;
  std::mt19937 random(5);
  for (std::uint32_t name = 0; name < names; ++name) {
    Draw draw{.name = name, .addresses = {}};
    for (int i = 0; i < 10; ++i) {
      draw.addresses.push_back(static_cast<std::uint32_t>(random() % 500));
    }
    std::ranges::sort(draw.addresses);
    draw.addresses.erase(std::ranges::unique(draw.addresses).begin(),
                         draw.addresses.end());
    draws.push_back(std::move(draw));
  }
  return draws;
}

TEST(GroupsTest, ASliceOfALargePoolIsAGroupOfItsOwn) {
  std::vector<Draw> draws = LargePool(60);
  draws.push_back({.name = 100, .addresses = {12, 13, 14, 15, 16, 17}});
  draws.push_back({.name = 101, .addresses = {12, 13, 14, 15, 16, 18}});
  const auto groups = FindGroups(draws);
  ASSERT_THAT(groups, SizeIs(2));
  EXPECT_THAT(groups[0].names, SizeIs(60));
  EXPECT_THAT(groups[1].names, ElementsAre(100, 101));
  EXPECT_THAT(groups[1].addresses, ElementsAre(12, 13, 14, 15, 16, 17, 18));
}

TEST(GroupsTest, PoolsThatShareNothingStayApart) {
  std::vector<Draw> draws = LargePool(30);
  draws.push_back({.name = 100, .addresses = {900, 901, 902, 903}});
  draws.push_back({.name = 101, .addresses = {900, 901, 902, 903}});
  EXPECT_THAT(FindGroups(draws), SizeIs(2));
}

TEST(GroupsTest, OrderOfDrawsIsNothing) {
  std::vector<Draw> draws = LargePool(40);
  draws.push_back({.name = 100, .addresses = {12, 13, 14, 15}});
  draws.push_back({.name = 101, .addresses = {12, 13, 14, 16}});
  const auto groups = FindGroups(draws);
  std::mt19937 random(3);
  for (int round = 0; round < 10; ++round) {
    std::ranges::shuffle(draws, random);
    const auto again = FindGroups(draws);
    ASSERT_EQ(again.size(), groups.size());
    for (std::size_t i = 0; i < groups.size(); ++i) {
      EXPECT_EQ(again[i].names, groups[i].names);
      EXPECT_EQ(again[i].addresses, groups[i].addresses);
    }
  }
}

TEST(GroupsTest, NothingGivesNothing) {
  EXPECT_THAT(FindGroups({}), testing::IsEmpty());
}

}  // namespace
}  // namespace taster::learn
