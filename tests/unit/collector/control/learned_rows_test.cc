// SPDX-License-Identifier: Apache-2.0
// What is remembered, what stays aside, what a verdict may rest on.
#include "collector/control/learned_rows.h"

#include <gtest/gtest.h>

#include "collector/learn/knowledge.h"

namespace taster::control {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

const sys_days kToday{days(20779)};
const judge::Network kNetwork{"CN", 4134};

net::IpAddress Address(int last) {
  return net::IpAddress::FromV4(0xc0000200U + static_cast<std::uint32_t>(last));
}

store::LearnedRows Stored(sys_days last, int members, bool is_revoked) {
  store::LearnedRows rows;
  store::LearnedPoolRow& pool = rows.pools.emplace_back();
  pool.pool = "learned-cn-4134-v4-1";
  pool.network = kNetwork;
  pool.days = {last - days(10), last};
  pool.is_revoked = is_revoked;
  for (int i = 0; i < members; ++i) {
    store::LearnedAddressRow& address = rows.addresses.emplace_back();
    address.pool = pool.pool;
    address.address = Address(i);
    address.names = {"a.example."};
    address.registrable = 3;
  }
  return rows;
}

std::vector<LearnedIn> Learned(int first, int members) {
  learn::Pool pool;
  for (int i = first; i < first + members; ++i) {
    pool.members.emplace_back().address = Address(i);
    pool.members.back().registrable = 3;
  }
  pool.names = {"a.example.", "b.example."};
  pool.first_day = kToday - days(1);
  pool.last_day = kToday;
  LearnedIn in{.network = kNetwork, .learned = {}};
  in.learned.pools.push_back(pool);
  return {in};
}

TEST(LearnedRowsTest, OldPoolsAreRememberedForAWhile) {
  const auto stored = Stored(kToday - days(20), 1, false);
  store::LearnedRows rows;
  Remember(stored, kToday - days(14), kToday, &rows);
  ASSERT_EQ(rows.pools.size(), 1U);
  // Another pool of that rank does not drive it out.
  Remember(stored, kToday - days(14), kToday, &rows);
  ASSERT_EQ(rows.pools.size(), 2U);
  EXPECT_NE(rows.pools[1].pool, rows.pools[0].pool);
  EXPECT_EQ(rows.addresses[1].pool, rows.pools[1].pool);
  rows = {};
  Remember(stored, kToday - days(14), kToday + days(50), &rows);
  EXPECT_TRUE(rows.pools.empty());
  // Evidence within the window would show it.
  Remember(Stored(kToday, 1, false), kToday - days(14), kToday, &rows);
  EXPECT_TRUE(rows.pools.empty());
}

TEST(LearnedRowsTest, MostOfARevokedPoolIsThatPool) {
  const auto revoked = Stored(kToday, 4, true);
  auto half = Learned(2, 4);
  DropRevoked(revoked, &half);
  EXPECT_TRUE(half[0].learned.pools.empty());
  auto less = Learned(3, 4);
  DropRevoked(revoked, &less);
  EXPECT_EQ(less[0].learned.pools.size(), 1U);
  auto elsewhere = Learned(0, 4);
  elsewhere[0].network = {"CN", 4837};
  DropRevoked(revoked, &elsewhere);
  EXPECT_EQ(elsewhere[0].learned.pools.size(), 1U);
  auto in_use = Learned(0, 4);
  DropRevoked(Stored(kToday, 4, false), &in_use);
  EXPECT_EQ(in_use[0].learned.pools.size(), 1U);
}

TEST(LearnedRowsTest, RowsSayToTheJudgeWhatLearningDoes) {
  const auto learned = Learned(0, 3);
  judge::Reference direct;
  learn::AddTo(kNetwork, learned[0].learned, &direct);
  judge::Reference stored;
  AddLearned(RowsOf(learned, store::Time(kToday)), &stored);
  EXPECT_EQ(stored.pooled_countries, direct.pooled_countries);
  ASSERT_EQ(stored.learned.size(), direct.learned.size());
  for (const auto& [address, members] : direct.learned) {
    ASSERT_EQ(stored.learned.at(address).size(), members.size());
    const judge::LearnedAddress& other = stored.learned.at(address)[0];
    EXPECT_EQ(other.pool, members[0].pool);
    EXPECT_EQ(other.country, members[0].country);
    EXPECT_EQ(other.names, members[0].names);
    EXPECT_EQ(other.since, members[0].since);
    EXPECT_EQ(other.until, members[0].until);
  }
}

TEST(LearnedRowsTest, NothingRestsOnARevokedPool) {
  judge::Reference reference;
  AddLearned(Stored(kToday, 4, true), &reference);
  EXPECT_TRUE(reference.learned.empty());
  EXPECT_TRUE(reference.pooled_countries.empty());
}

TEST(LearnedRowsTest, ChangesNameTheirWitnesses) {
  const auto before = Stored(kToday, 2, false);
  const auto after = Stored(kToday, 3, false);
  EXPECT_TRUE(FindChanges(before, before).empty());
  const auto grown = FindChanges(before, after);
  ASSERT_EQ(grown.size(), 1U);
  EXPECT_EQ(grown[0].address, Address(2));
  EXPECT_EQ(grown[0].names, std::vector<std::string>{"a.example."});
  EXPECT_EQ(FindChanges(after, Stored(kToday, 3, true)).size(), 3U);
}

}  // namespace
}  // namespace taster::control
