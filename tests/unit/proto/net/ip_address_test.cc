// SPDX-License-Identifier: Apache-2.0
#include "proto/net/ip_address.h"

#include <absl/container/flat_hash_set.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <type_traits>
#include <vector>

namespace taster::net {
namespace {

using ::testing::ElementsAre;

std::string Text(std::string_view text) {
  const auto address = IpAddress::Parse(text);
  return address ? address->ToString() : "nothing";
}

static_assert(std::is_trivially_copyable_v<IpAddress>);
static_assert(sizeof(IpAddress) == 17);
static_assert(IpAddress::FromV4(0x7f000001).bytes()[0] == 127);

TEST(IpAddress, DefaultsToZero) {
  EXPECT_EQ(IpAddress().ToString(), "0.0.0.0");
  EXPECT_TRUE(IpAddress().is_v4());
}

TEST(IpAddress, TakesFourOrSixteenBytes) {
  const std::vector<std::uint8_t> bytes = {192, 0,  2,  1,  5,  6,  7,  8, 9,
                                           10,  11, 12, 13, 14, 15, 16, 17};
  const auto v4 = IpAddress::FromBytes(std::span(bytes).first(4));
  ASSERT_TRUE(v4);
  EXPECT_EQ(v4->family(), Family::kIpv4);
  EXPECT_EQ(v4->bits(), 32);
  EXPECT_THAT(v4->bytes(), ElementsAre(192, 0, 2, 1));
  EXPECT_EQ(*v4, IpAddress::FromV4(0xc0000201));
  const auto v6 = IpAddress::FromBytes(std::span(bytes).first(16));
  ASSERT_TRUE(v6);
  EXPECT_EQ(v6->family(), Family::kIpv6);
  EXPECT_EQ(v6->bits(), 128);
  EXPECT_EQ(v6->bytes()[15], 16);
  for (const std::size_t size : {0, 1, 3, 5, 15, 17}) {
    EXPECT_FALSE(IpAddress::FromBytes(std::span(bytes).first(size))) << size;
  }
}

TEST(IpAddress, ParsesIpv4) {
  EXPECT_EQ(Text("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(Text("255.255.255.255"), "255.255.255.255");
  for (const char* text :
       {"", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ",
        " 1.2.3.4", "0x1.2.3.4", "1.2.3.-4", "1.2.3.4/8", "a.b.c.d"}) {
    EXPECT_EQ(Text(text), "nothing") << text;
  }
}

TEST(IpAddress, ParsesIpv6) {
  EXPECT_EQ(Text("2001:DB8:0:0:0:0:0:1"), "2001:db8::1");
  EXPECT_EQ(Text("::"), "::");
  EXPECT_EQ(Text("::1.2.3.4"), "::102:304");
  for (const char* text :
       {":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::g",
        "::12345", "fe80::1%eth0", "[::1]", "::1 ", "::1.2.3", "::1.2.3.256"}) {
    EXPECT_EQ(Text(text), "nothing") << text;
  }
  EXPECT_EQ(Text(std::string_view("::1\0junk", 8)), "nothing");
  EXPECT_EQ(Text(std::string(1000, ':')), "nothing");
}

// The examples of RFC 5952 sections 4 and 5.
TEST(IpAddress, WritesCanonicalIpv6) {
  EXPECT_EQ(Text("2001:0db8::0001"), "2001:db8::1");
  EXPECT_EQ(Text("2001:db8::0:1"), "2001:db8::1");
  EXPECT_EQ(Text("2001:db8:0:1:1:1:1:1"), "2001:db8:0:1:1:1:1:1");
  EXPECT_EQ(Text("2001:0:0:1:0:0:0:1"), "2001:0:0:1::1");
  EXPECT_EQ(Text("2001:db8:0:0:1:0:0:1"), "2001:db8::1:0:0:1");
  EXPECT_EQ(Text("::ffff:192.0.2.1"), "::ffff:192.0.2.1");
  EXPECT_EQ(Text("1:0:0:0:0:0:0:0"), "1::");
  EXPECT_EQ(Text("0:0:1:0:0:0:0:0"), "0:0:1::");
  EXPECT_EQ(Text("64:ff9b::c000:201"), "64:ff9b::c000:201");
}

TEST(IpAddress, TextGivesTheAddressBack) {
  std::mt19937 random(5952);
  for (int round = 0; round < 5000; ++round) {
    std::array<std::uint8_t, 16> bytes{};
    for (auto& byte : bytes) {
      // Many zeros, so that runs of them occur.
      if (random() % 3 == 0) byte = static_cast<std::uint8_t>(random());
    }
    const IpAddress v6 = IpAddress::FromV6(bytes);
    ASSERT_EQ(IpAddress::Parse(v6.ToString()), v6) << v6.ToString();
    const IpAddress v4 =
        IpAddress::FromV4(static_cast<std::uint32_t>(random()));
    ASSERT_EQ(IpAddress::Parse(v4.ToString()), v4) << v4.ToString();
  }
}

TEST(IpAddress, UnmapsOnlyWhatHoldsIpv4) {
  const auto unmapped = [](const char* text) {
    return IpAddress::Parse(text)->Unmapped().ToString();
  };
  EXPECT_EQ(unmapped("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(unmapped("64:ff9b::c000:201"), "192.0.2.1");
  EXPECT_EQ(unmapped("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(unmapped("::192.0.2.1"), "::c000:201");
  EXPECT_EQ(unmapped("64:ff9b:1::c000:201"), "64:ff9b:1::c000:201");
  EXPECT_EQ(unmapped("::fffe:192.0.2.1"), "::fffe:c000:201");
}

TEST(IpAddress, SortsByFamilyThenBytes) {
  const IpAddress low = *IpAddress::Parse("1.2.3.4");
  const IpAddress high = *IpAddress::Parse("200.2.3.4");
  const IpAddress v6 = *IpAddress::Parse("::");
  EXPECT_LT(low, high);
  EXPECT_LT(high, v6);
  EXPECT_NE(IpAddress(), v6);
  const absl::flat_hash_set<IpAddress> set = {low, high, v6, low};
  EXPECT_EQ(set.size(), 3u);
}

}  // namespace
}  // namespace taster::net
