// SPDX-License-Identifier: Apache-2.0
// Ranges that claim the same addresses.
#include "collector/reference/settled_ranges.h"

#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <vector>

namespace taster::reference {
namespace {

using judge::RangeFault;
// First and last byte of an address in 192.0.2.0/24, and the owner.
using Claims = std::vector<std::tuple<int, int, std::uint32_t>>;

net::IpAddress Place(int last_byte) {
  return net::IpAddress::FromV4(0xc0000200 +
                                static_cast<std::uint32_t>(last_byte));
}

// The owners of the first `count` addresses, '.' for nobody's.
std::string Settle(const Claims& claims, int count) {
  judge::PrefixTable::RangeBuilder builder;
  SettledRanges settled(&builder);
  for (const auto& [first, last, owner] : claims) {
    const auto fault = settled.Add({Place(first), Place(last)}, owner);
    if (fault == RangeFault::kOverlaps) return "overlaps";
    if (fault == RangeFault::kUnsorted) return "unsorted";
    if (fault != RangeFault::kNone) return "fault";
  }
  if (settled.Finish() != RangeFault::kNone) return "fault at the end";
  const auto table = builder.Build();
  std::string owners;
  for (int i = 0; i < count; ++i) {
    const auto owner = table.Find(Place(i));
    owners += owner ? std::to_string(*owner) : ".";
  }
  return owners;
}

TEST(SettledRangesTest, WhatBothClaimIsNobodys) {
  EXPECT_EQ(Settle({{0, 1, 1}, {3, 4, 2}}, 6), "11.22.");
  EXPECT_EQ(Settle({{0, 3, 1}, {2, 5, 2}}, 7), "11..22.");
  EXPECT_EQ(Settle({{0, 5, 1}, {2, 3, 2}}, 7), "11..11.");
  EXPECT_EQ(Settle({{0, 5, 1}, {2, 5, 2}}, 7), "11.....");
  EXPECT_EQ(Settle({{0, 3, 1}, {0, 5, 2}}, 7), "....22.");
  EXPECT_EQ(Settle({{0, 5, 1}, {0, 3, 2}}, 7), "....11.");
  EXPECT_EQ(Settle({{0, 3, 1}, {0, 3, 2}}, 5), ".....");
  EXPECT_EQ(Settle({{0, 3, 1}, {2, 5, 1}, {6, 6, 2}}, 8), "1111112.");
}

TEST(SettledRangesTest, ThreeAreTooMany) {
  EXPECT_EQ(Settle({{0, 3, 1}, {2, 3, 2}, {3, 5, 3}}, 7), "overlaps");
  EXPECT_EQ(Settle({{0, 3, 1}, {2, 5, 2}, {3, 7, 3}}, 7), "unsorted");
  EXPECT_EQ(Settle({{2, 3, 1}, {0, 1, 2}}, 4), "unsorted");
  EXPECT_EQ(Settle({{3, 2, 1}}, 4), "fault");
}

}  // namespace
}  // namespace taster::reference
