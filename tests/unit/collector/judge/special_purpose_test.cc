// SPDX-License-Identifier: Apache-2.0
// Edges of the blocks that no public site is served from.
#include "collector/judge/special_purpose.h"

#include <gtest/gtest.h>

namespace taster::judge {
namespace {

std::string_view NameOf(const char* address) {
  const auto* block = FindSpecialPurpose(*net::IpAddress::Parse(address));
  return block == nullptr ? "" : block->name;
}

TEST(SpecialPurposeTest, Ipv4Blocks) {
  EXPECT_EQ(NameOf("0.0.0.0"), "This network");
  EXPECT_EQ(NameOf("1.0.0.0"), "");
  EXPECT_EQ(NameOf("10.255.255.255"), "Private-Use");
  EXPECT_EQ(NameOf("100.63.255.255"), "");
  EXPECT_EQ(NameOf("100.64.0.0"), "Shared Address Space");
  EXPECT_EQ(NameOf("100.128.0.0"), "");
  EXPECT_EQ(NameOf("127.0.0.1"), "Loopback");
  EXPECT_EQ(NameOf("169.254.255.255"), "Link Local");
  EXPECT_EQ(NameOf("172.15.255.255"), "");
  EXPECT_EQ(NameOf("172.31.255.255"), "Private-Use");
  EXPECT_EQ(NameOf("172.32.0.0"), "");
  EXPECT_EQ(NameOf("192.0.0.8"), "IETF Protocol Assignments");
  EXPECT_EQ(NameOf("192.0.2.1"), "Documentation (TEST-NET-1)");
  EXPECT_EQ(NameOf("192.168.0.1"), "Private-Use");
  EXPECT_EQ(NameOf("198.19.255.255"), "Benchmarking");
  EXPECT_EQ(NameOf("198.20.0.0"), "");
  EXPECT_EQ(NameOf("198.51.100.1"), "Documentation (TEST-NET-2)");
  EXPECT_EQ(NameOf("203.0.113.1"), "Documentation (TEST-NET-3)");
  EXPECT_EQ(NameOf("223.255.255.255"), "");
  EXPECT_EQ(NameOf("224.0.0.1"), "Multicast");
  EXPECT_EQ(NameOf("243.185.187.39"), "Reserved");
  EXPECT_EQ(NameOf("255.255.255.255"), "Reserved");
}

TEST(SpecialPurposeTest, Ipv6Blocks) {
  EXPECT_EQ(NameOf("::"), "Reserved by IETF");
  EXPECT_EQ(NameOf("::1"), "Reserved by IETF");
  EXPECT_EQ(NameOf("d0::11"), "Reserved by IETF");
  EXPECT_EQ(NameOf("101::1234"), "Reserved by IETF");
  EXPECT_EQ(NameOf("100::1"), "Discard-Only Address Block");
  EXPECT_EQ(NameOf("64:ff9b:1::1"), "");
  EXPECT_EQ(NameOf("2001:2::1"), "Benchmarking");
  EXPECT_EQ(NameOf("2001:10::1"), "ORCHID");
  EXPECT_EQ(NameOf("2001:2f::1"), "ORCHIDv2");
  EXPECT_EQ(NameOf("2001:30::1"), "");
  EXPECT_EQ(NameOf("2001::1"), "");
  EXPECT_EQ(NameOf("2001:db8::1"), "Documentation");
  EXPECT_EQ(NameOf("2002:c000:201::1"), "");
  EXPECT_EQ(NameOf("2606:4700::1"), "");
  EXPECT_EQ(NameOf("3ffe::1"), "");
  EXPECT_EQ(NameOf("3fff:fff::1"), "Documentation");
  EXPECT_EQ(NameOf("4000::1"), "Reserved by IETF");
  EXPECT_EQ(NameOf("5f00::1"), "Segment Routing (SRv6) SIDs");
  EXPECT_EQ(NameOf("fd00::1"), "Unique-Local");
  EXPECT_EQ(NameOf("fe80::1"), "Link-Local Unicast");
  EXPECT_EQ(NameOf("fec0::1"), "Site-Local Unicast");
  EXPECT_EQ(NameOf("ff02::1"), "Multicast");
}

}  // namespace
}  // namespace taster::judge
