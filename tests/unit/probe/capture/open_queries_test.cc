// SPDX-License-Identifier: Apache-2.0
// The ring and its index, without any network.
#include "probe/capture/open_queries.h"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <utility>

namespace taster::capture {
namespace {

RingPosition Add(const FreeId& place, Token token, OpenQueries* open) {
  OpenQuery query;
  query.token = token;
  query.port = place.port & 0x3f;
  query.id = place.id;
  return open->Add(query);
}

TEST(OpenQueries, FindsWhatIsOpenAndNothingElse) {
  OpenQueries open(3);
  EXPECT_EQ(open.Find(0, 0), nullptr);
  const RingPosition first = Add({0, 0}, 1, &open);
  const RingPosition second = Add({2, 65'535}, 2, &open);
  ASSERT_NE(open.Find(0, 0), nullptr);
  EXPECT_EQ(open.Find(0, 0)->token, 1u);
  EXPECT_EQ(open.Find(2, 65'535)->token, 2u);
  EXPECT_EQ(open.Find(1, 0), nullptr);
  EXPECT_EQ(open.Find(0, 1), nullptr);
  open.Forget(second);
  EXPECT_EQ(open.Find(2, 65'535), nullptr);
  EXPECT_EQ(open.begin(), first);
  open.Forget(first);
  open.Trim();
  EXPECT_EQ(open.begin(), open.end());
  EXPECT_EQ(open.size(), 0u);
}

TEST(OpenQueries, IdIsFreeAgainAfterForget) {
  OpenQueries open(1);
  const RingPosition old = Add({0, 7}, 1, &open);
  open.Forget(old);
  Add({0, 7}, 2, &open);
  ASSERT_NE(open.Find(0, 7), nullptr);
  EXPECT_EQ(open.Find(0, 7)->token, 2u);
  EXPECT_EQ(open.At(old), nullptr);
}

TEST(OpenQueries, PicksEachFreePlaceOnceUntilNoneIsLeft) {
  OpenQueries open(1);
  RandomSource random;
  std::set<std::pair<int, int>> seen;
  while (const auto place = open.PickFree(&random)) {
    EXPECT_TRUE(seen.emplace(place->port, place->id).second);
    Add(*place, 0, &open);
  }
  EXPECT_EQ(seen.size(), OpenQueries::kIdsPerPort);
}

TEST(OpenQueries, RingTurnsManyTimesWithoutLosingItsWay) {
  OpenQueries open(1);
  RandomSource random;
  Token next = 0;
  Token oldest = 0;
  for (int round = 0; round < 40; ++round) {
    for (int i = 0; i < 10'000; ++i) {
      Add(*open.PickFree(&random), next++, &open);
    }
    while (open.size() > 5'000) {
      ASSERT_EQ(open.At(open.begin())->token, oldest++);
      open.Forget(open.begin());
      open.Trim();
    }
  }
  EXPECT_EQ(open.end() - open.begin(), 5'000u);
}

TEST(OpenQueries, PlacesAreSpreadOverPortsAndIds) {
  OpenQueries open(16);
  RandomSource random;
  std::array<int, 16> ports{};
  std::array<int, 16> high_bits{};
  for (int i = 0; i < 16'000; ++i) {
    const auto place = open.PickFree(&random);
    ++ports[place->port];
    ++high_bits[place->id >> 12];
  }
  // A thousand each; six standard deviations are 184.
  for (const int count : ports) EXPECT_NEAR(count, 1000, 184);
  for (const int count : high_bits) EXPECT_NEAR(count, 1000, 184);
}

}  // namespace
}  // namespace taster::capture
