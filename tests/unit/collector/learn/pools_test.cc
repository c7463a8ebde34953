// SPDX-License-Identifier: Apache-2.0
// What is a pool, and what only looks like one.
#include "collector/learn/pools.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collector/learn/knowledge.h"
#include "tests/unit/collector/learn/scene.h"

namespace taster::learn {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// Live hosts of twelve strangers.
std::vector<std::string> Strangers() {
  std::vector<std::string> all;
  for (int i = 0; i < 12; ++i) {
    all.push_back("44." + std::to_string(100 + i) + ".7.9");
  }
  return all;
}

TEST(PoolsTest, APoolThatNobodyKnewOvernight) {
  Scene scene;
  Poison(&scene, 20, Strangers(), 5);
  const Learned learned = LearnPools(scene.sightings(), scene.truth());
  ASSERT_THAT(learned.pools, SizeIs(1));
  EXPECT_THAT(learned.pools[0].members, SizeIs(12));
  EXPECT_THAT(learned.pools[0].names, SizeIs(20));
  EXPECT_EQ(learned.pools[0].first_day, Day(5));
  const PoolMember& member = learned.pools[0].members[0];
  EXPECT_EQ(member.owner, 64600U);
  EXPECT_GE(member.registrable, 3U);
  EXPECT_THAT(learned.shared, IsEmpty());
}

TEST(PoolsTest, NothingIsLearnedWithoutControls) {
  Scene scene;
  const auto pool = Strangers();
  for (int i = 0; i < 20; ++i) {
    for (int k = 0; k < 5; ++k) {
      const auto at = static_cast<std::size_t>(i * 7 + k * 3);
      scene.Saw(PoisonedName(i), pool[at % pool.size()]);
    }
  }
  const Learned learned = LearnPools(scene.sightings(), scene.truth());
  EXPECT_THAT(learned.pools, IsEmpty());
  EXPECT_THAT(learned.shared, IsEmpty());
}

TEST(PoolsTest, TwoNamesThatMovedTogetherAreNone) {
  Scene scene;
  Poison(&scene, 2, Strangers(), 5);
  EXPECT_THAT(LearnPools(scene.sightings(), scene.truth()).pools, IsEmpty());
}

TEST(PoolsTest, NamesOfOneDomainAreOneName) {
  Scene scene;
  const auto pool = Strangers();
  for (int i = 0; i < 9; ++i) {
    const std::string name = "n" + std::to_string(i) + ".example.";
    scene.True(name, {"44." + std::to_string(i) + ".0.1"});
    for (const std::string& address : pool) scene.Saw(name, address);
  }
  EXPECT_THAT(LearnPools(scene.sightings(), scene.truth()).pools, IsEmpty());
}

TEST(PoolsTest, NamesOfOneOwnerAreOneName) {
  Scene scene;
  const auto pool = Strangers();
  for (int i = 0; i < 9; ++i) {
    scene.True(PoisonedName(i), {"44.1.0." + std::to_string(i)});
    for (const std::string& address : pool) scene.Saw(PoisonedName(i), address);
  }
  EXPECT_THAT(LearnPools(scene.sightings(), scene.truth()).pools, IsEmpty());
}

TEST(PoolsTest, ASinkholeIsSharedButNoPool) {
  Scene scene;
  Poison(&scene, 30, {"44.150.1.1"}, 1);
  const Learned learned = LearnPools(scene.sightings(), scene.truth());
  EXPECT_THAT(learned.pools, IsEmpty());
  ASSERT_THAT(learned.shared, SizeIs(1));
  EXPECT_EQ(learned.shared[0].registrable, 30U);
  EXPECT_EQ(learned.shared[0].forged, 0U);
}

TEST(PoolsTest, ASinkholeBesideAPoolStaysOutside) {
  Scene scene;
  Poison(&scene, 20, Strangers(), 5);
  // A filter's own list: few of its names are the censor's too.
  for (int i = 18; i < 60; ++i) {
    if (i >= 20) {
      scene.True(PoisonedName(i), {"44." + std::to_string(i) + ".0.1"});
    }
    scene.Saw(PoisonedName(i), "44.150.1.1");
  }
  const Learned learned = LearnPools(scene.sightings(), scene.truth());
  ASSERT_THAT(learned.pools, SizeIs(1));
  EXPECT_THAT(learned.pools[0].members, SizeIs(12));
  ASSERT_THAT(learned.shared, SizeIs(1));
  EXPECT_EQ(learned.shared[0].forged, 2U);
}

// A content network's addresses serve many names, and controls know it.
TEST(PoolsTest, WhatControlsReturnForOthersIsNotForged) {
  Scene scene;
  const auto edge = Strangers();
  Poison(&scene, 20, edge, 5);
  for (int i = 0; i < 40; ++i) {
    const std::string name = "customer.c" + std::to_string(i) + ".";
    scene.True(name, edge);
  }
  EXPECT_THAT(LearnPools(scene.sightings(), scene.truth()).pools, IsEmpty());
}

// The pools hold live hosts of Meta, whose own names controls resolve to them.
TEST(PoolsTest, AFewNamesOfTheOwnersDoNotClearAPool) {
  Scene scene;
  const auto pool = Strangers();
  Poison(&scene, 40, pool, 6);
  scene.True("www.owner.", {pool[0], pool[1]});
  scene.True("www.ownercdn.", {pool[0]});
  const Learned learned = LearnPools(scene.sightings(), scene.truth());
  ASSERT_THAT(learned.pools, SizeIs(1));
  EXPECT_THAT(learned.pools[0].members, SizeIs(12));
}

TEST(PoolsTest, RareMembersComeInByTheCompanyTheyKeep) {
  Scene scene;
  Poison(&scene, 20, Strangers(), 5);
  scene.Saw(PoisonedName(3), "44.190.0.1");
  scene.Saw(PoisonedName(4), "44.190.0.1");
  scene.Saw(PoisonedName(5), "44.191.0.1");  // Seen for one name only.
  const Learned learned = LearnPools(scene.sightings(), scene.truth());
  ASSERT_THAT(learned.pools, SizeIs(1));
  EXPECT_THAT(learned.pools[0].members, SizeIs(13));
}

TEST(KnowledgeTest, LearnedForTheCountryForAWhile) {
  Scene scene;
  Poison(&scene, 20, Strangers(), 5);
  const judge::Network network{"CN", 4134};
  const Learned learned = LearnPools(scene.sightings(), scene.truth());
  judge::Reference reference;
  AddTo(network, learned, &reference);
  const auto address = Address("44.100.7.9");
  ASSERT_NE(reference.FindLearned(address, "CN", Day(6)), nullptr);
  EXPECT_EQ(reference.FindLearned(address, "CN", Day(6))->pool,
            "learned-cn-4134-v4-1");
  EXPECT_EQ(reference.FindLearned(address, "CN", Day(4)), nullptr);
  EXPECT_EQ(reference.FindLearned(address, "CN", Day(5) + kPoolMemory),
            nullptr);
  EXPECT_EQ(reference.FindLearned(address, "IR", Day(6)), nullptr);
}

TEST(KnowledgeTest, ContextHoldsForgeriesOnly) {
  Scene scene;
  Poison(&scene, 20, Strangers(), 5);
  scene.Saw(PoisonedName(0), "44.0.0.1");    // The true one.
  scene.Saw(PoisonedName(0), "44.199.0.1");  // Strange, of no pool.
  scene.Saw(PoisonedName(0), "2001::1");
  const judge::Network network{"CN", 4134};
  judge::Reference reference;
  AddTo(network, LearnPools(scene.sightings(), scene.truth()), &reference);
  reference.origin_as = scene.origin_as();
  const auto contexts =
      NameContexts(network, scene.sightings(), scene.truth(), reference);
  ASSERT_TRUE(contexts.contains(PoisonedName(0)));
  const judge::NameContext& first = *contexts.at(PoisonedName(0));
  EXPECT_THAT(first.drawn, SizeIs(6));
  EXPECT_THAT(first.drawn,
              testing::Contains(judge::DrawnForgery{Address("2001::1"), 0}));
}

}  // namespace
}  // namespace taster::learn
