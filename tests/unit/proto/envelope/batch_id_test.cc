// SPDX-License-Identifier: Apache-2.0
#include "proto/envelope/batch_id.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "proto/envelope/sign.h"

namespace taster::envelope {
namespace {

using std::chrono::November;
using std::chrono::sys_days;
using std::chrono::year;

TEST(BatchId, HoldsItsDay) {
  Initialise();
  const sys_days day = year(2026) / November / 22;
  const BatchId id = BatchId::Make(day);
  EXPECT_EQ(id.day(), day);
  // 20,779 days since 1970, big-endian.
  EXPECT_EQ(id.bytes[0], 0);
  EXPECT_EQ(id.bytes[1], 0);
  EXPECT_EQ(id.bytes[2], 0x51);
  EXPECT_EQ(id.bytes[3], 0x2b);
  EXPECT_EQ(BatchId::Make(sys_days()).day(), sys_days());
}

TEST(BatchId, IsRandomBehindItsDay) {
  Initialise();
  std::set<BatchId> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(BatchId::Make(sys_days()));
  EXPECT_EQ(ids.size(), 1000u);
}

TEST(BatchId, TakesSixteenBytes) {
  std::vector<std::uint8_t> bytes(17, 7);
  const auto id = BatchId::FromBytes(std::span(bytes).first(16));
  ASSERT_TRUE(id);
  EXPECT_EQ(id->bytes[15], 7);
  EXPECT_EQ(id->day(), sys_days(std::chrono::days(0x07070707)));
  EXPECT_FALSE(BatchId::FromBytes(bytes));
  EXPECT_FALSE(BatchId::FromBytes(std::span(bytes).first(15)));
  EXPECT_FALSE(BatchId::FromBytes({}));
}

TEST(BatchId, SortsByDayFirst) {
  Initialise();
  const sys_days day = year(2026) / November / 22;
  EXPECT_LT(BatchId::Make(day), BatchId::Make(day + std::chrono::days(1)));
}

}  // namespace
}  // namespace taster::envelope
