// SPDX-License-Identifier: Apache-2.0
// The flattened table against a plain search for the longest prefix.
#include "collector/judge/prefix_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <random>
#include <utility>
#include <vector>

namespace taster::judge {
namespace {

using Entry = PrefixTable::Entry;

net::IpAddress Address(const char* text) {
  return *net::IpAddress::Parse(text);
}
Entry Announced(const char* prefix, std::uint32_t asn) {
  return {*net::IpPrefix::Parse(prefix), asn};
}

TEST(PrefixTableTest, EmptyTableKnowsNobody) {
  EXPECT_EQ(PrefixTable().Find(Address("192.0.2.1")), std::nullopt);
  EXPECT_EQ(PrefixTable::Build({}).Find(Address("::")), std::nullopt);
}

TEST(PrefixTableTest, LongestWinsWhateverTheOrder) {
  const auto table = PrefixTable::Build(
      {Announced("10.1.2.0/24", 3), Announced("10.0.0.0/8", 1),
       Announced("10.1.0.0/16", 2), Announced("10.1.2.3/32", 4)});
  EXPECT_EQ(table.Find(Address("9.255.255.255")), std::nullopt);
  EXPECT_EQ(table.Find(Address("10.0.0.0")), 1U);
  EXPECT_EQ(table.Find(Address("10.1.0.0")), 2U);
  EXPECT_EQ(table.Find(Address("10.1.2.2")), 3U);
  EXPECT_EQ(table.Find(Address("10.1.2.3")), 4U);
  EXPECT_EQ(table.Find(Address("10.1.2.4")), 3U);
  EXPECT_EQ(table.Find(Address("10.1.3.0")), 2U);
  EXPECT_EQ(table.Find(Address("10.255.255.255")), 1U);
  EXPECT_EQ(table.Find(Address("11.0.0.0")), std::nullopt);
}

TEST(PrefixTableTest, OfEqualPrefixesTheLaterWins) {
  const auto table = PrefixTable::Build(
      {Announced("10.0.0.0/8", 1), Announced("10.0.0.0/8", 2)});
  EXPECT_EQ(table.Find(Address("10.0.0.0")), 2U);
  EXPECT_EQ(table.Find(Address("10.255.255.255")), 2U);
  EXPECT_EQ(table.size(), 2U);
}

TEST(PrefixTableTest, FamiliesDoNotTouch) {
  const auto table = PrefixTable::Build(
      {Announced("0.0.0.0/0", 1), Announced("2001:db8::/32", 2)});
  EXPECT_EQ(table.Find(Address("255.255.255.255")), 1U);
  EXPECT_EQ(table.Find(Address("::")), std::nullopt);
  EXPECT_EQ(table.Find(Address("2001:db8::1")), 2U);
  EXPECT_EQ(table.Find(Address("2001:db9::")), std::nullopt);
  EXPECT_EQ(PrefixTable::Build({Announced("::/0", 7)})
                .Find(Address("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")),
            7U);
}

TEST(PrefixTableTest, NobodyAnnouncesAsZero) {
  const auto table = PrefixTable::Build(
      {Announced("10.0.0.0/8", 1), Announced("10.1.0.0/16", 0)});
  EXPECT_EQ(table.Find(Address("10.1.0.1")), std::nullopt);
  EXPECT_EQ(table.Find(Address("10.2.0.1")), 1U);
}

std::optional<std::uint32_t> PlainFind(const std::vector<Entry>& entries,
                                       const net::IpAddress& address) {
  const Entry* best = nullptr;
  for (const Entry& entry : entries) {
    if (!entry.prefix.Contains(address)) continue;
    if (best == nullptr || entry.prefix.length >= best->prefix.length) {
      best = &entry;
    }
  }
  if (best == nullptr) return {};
  return best->asn;
}

// Few distinct bits, so that prefixes nest and touch often.
net::IpAddress RandomAddress(std::mt19937* random) {
  const std::uint32_t bits = (*random)() & 0x0f0f0003;
  if ((*random)() % 2 == 0) return net::IpAddress::FromV4(bits);
  std::array<std::uint8_t, 16> bytes{};
  for (std::size_t i = 0; i < 4; ++i) {
    bytes[i] = static_cast<std::uint8_t>(bits >> (24 - 8 * i));
  }
  bytes[15] = static_cast<std::uint8_t>((*random)() % 2);
  return net::IpAddress::FromV6(bytes);
}

Entry RandomEntry(std::mt19937* random) {
  const net::IpAddress address = RandomAddress(random);
  const int length = static_cast<int>((*random)() % 33);
  const int bits = address.is_v4() || length < 32 ? length : 128;
  std::array<std::uint8_t, 16> bytes{};
  const auto source = address.bytes();
  for (int bit = 0; bit < bits; ++bit) {
    const auto at = static_cast<std::size_t>(bit / 8);
    bytes[at] =
        static_cast<std::uint8_t>(bytes[at] | (source[at] & 0x80 >> bit % 8));
  }
  const auto masked = std::span(bytes).first(source.size());
  return {{*net::IpAddress::FromBytes(masked), bits},
          static_cast<std::uint32_t>(1 + (*random)() % 5)};
}

TEST(PrefixTableTest, AgreesWithPlainSearch) {
  std::mt19937 random(20261122);
  for (int round = 0; round < 200; ++round) {
    std::vector<Entry> entries;
    for (int i = 0; i < 40; ++i) entries.push_back(RandomEntry(&random));
    const auto table = PrefixTable::Build(entries);
    for (int i = 0; i < 200; ++i) {
      const net::IpAddress address = RandomAddress(&random);
      ASSERT_EQ(table.Find(address), PlainFind(entries, address))
          << address.ToString();
    }
  }
}

AddressRange Between(const char* first, const char* last) {
  return {Address(first), Address(last)};
}

TEST(RangeBuilderTest, RangesNeedNotBePrefixes) {
  PrefixTable::RangeBuilder builder;
  for (const auto& [range, asn] :
       {std::pair(Between("10.0.0.1", "10.0.0.6"), 1U),
        std::pair(Between("10.0.0.7", "10.0.1.0"), 2U),
        std::pair(Between("2001:db8::5", "2001:db8::ffff"), 3U),
        std::pair(Between("10.0.1.1", "10.0.1.9"), 2U),
        std::pair(Between("10.0.1.10", "10.0.1.10"), 0U),
        std::pair(Between("255.255.255.0", "255.255.255.255"), 4U),
        std::pair(Between("ffff::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
                  4294967295U)}) {
    ASSERT_EQ(builder.Add(range, asn), RangeFault::kNone);
  }
  const PrefixTable table = builder.Build();
  EXPECT_EQ(table.Find(Address("10.0.0.0")), std::nullopt);
  EXPECT_EQ(table.Find(Address("10.0.0.1")), 1U);
  EXPECT_EQ(table.Find(Address("10.0.0.6")), 1U);
  EXPECT_EQ(table.Find(Address("10.0.0.7")), 2U);
  EXPECT_EQ(table.Find(Address("10.0.1.9")), 2U);
  EXPECT_EQ(table.Find(Address("10.0.1.10")), std::nullopt);
  EXPECT_EQ(table.Find(Address("255.255.255.255")), 4U);
  EXPECT_EQ(table.Find(Address("::")), std::nullopt);
  EXPECT_EQ(table.Find(Address("2001:db8::4")), std::nullopt);
  EXPECT_EQ(table.Find(Address("2001:db8::5")), 3U);
  EXPECT_EQ(table.Find(Address("2001:db8::1:0")), std::nullopt);
  EXPECT_EQ(table.Find(Address("ffff:ffff::")), 4294967295U);
  EXPECT_EQ(table.size(), 7U);
}

TEST(RangeBuilderTest, FaultsAreNamedAndLeftOut) {
  PrefixTable::RangeBuilder builder;
  const auto add = [&](const char* first, const char* last) {
    return builder.Add(Between(first, last), 9);
  };
  EXPECT_EQ(add("10.0.0.1", "2001:db8::"), RangeFault::kTwoFamilies);
  EXPECT_EQ(add("10.0.0.1", "10.0.0.0"), RangeFault::kEndsBeforeIt);
  EXPECT_EQ(add("10.0.0.4", "10.0.0.6"), RangeFault::kNone);
  EXPECT_EQ(add("10.0.0.6", "10.0.0.9"), RangeFault::kOverlaps);
  EXPECT_EQ(add("10.0.0.4", "10.0.0.4"), RangeFault::kOverlaps);
  EXPECT_EQ(add("10.0.0.3", "10.0.0.9"), RangeFault::kUnsorted);
  EXPECT_EQ(add("10.0.0.7", "10.0.0.7"), RangeFault::kNone);
  const PrefixTable table = builder.Build();
  EXPECT_EQ(table.Find(Address("10.0.0.7")), 9U);
  EXPECT_EQ(table.Find(Address("10.0.0.8")), std::nullopt);
  EXPECT_EQ(table.size(), 2U);
}

// Enough ranges for the index, of all lengths, so that some start inside a /24
// and some /24 hold several.
TEST(RangeBuilderTest, LargeTablesAgreeWithPlainSearch) {
  std::mt19937 random(20261123);
  PrefixTable::RangeBuilder builder;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> owners;  // First, AS.
  std::uint32_t next = 0;
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    const bool aligned = random() % 4 != 0;
    std::uint32_t length = 1 + static_cast<std::uint32_t>(random() % 3000);
    if (aligned) length = 256 - (next & 255) + (length & 0xf00);
    const auto asn = static_cast<std::uint32_t>(random() % 7);
    const AddressRange range = {net::IpAddress::FromV4(next),
                                net::IpAddress::FromV4(next + length - 1)};
    ASSERT_EQ(builder.Add(range, asn), RangeFault::kNone);
    owners.emplace_back(next, asn);
    next += length;
  }
  const PrefixTable table = builder.Build();
  for (int i = 0; i < 200'000; ++i) {
    const auto address = static_cast<std::uint32_t>(random() % next);
    const auto behind = std::ranges::upper_bound(
        owners, address, {}, &std::pair<std::uint32_t, std::uint32_t>::first);
    ASSERT_EQ(table.Find(net::IpAddress::FromV4(address)).value_or(0),
              std::prev(behind)->second)
        << address;
  }
  EXPECT_EQ(table.Find(net::IpAddress::FromV4(next)), std::nullopt);
}

}  // namespace
}  // namespace taster::judge
