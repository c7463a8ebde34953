// SPDX-License-Identifier: Apache-2.0
#include "collector/reference/client_subnets.h"

#include <gtest/gtest.h>

#include <string>

#include "collector/reference/read_networks.h"
#include "tests/unit/collector/reference/scratch_file.h"

namespace taster::reference {
namespace {

judge::AddressRange Range(const char* first, const char* last) {
  return {*net::IpAddress::Parse(first), *net::IpAddress::Parse(last)};
}

std::string TextOf(const std::optional<net::IpPrefix>& prefix) {
  return prefix ? prefix->ToString() : "none";
}

TEST(ClientSubnets, AreTheFirstWholePrefixOfTheLongestRange) {
  ClientSubnets subnets;
  subnets.Note(Range("192.0.2.0", "192.0.2.255"), 64500);
  subnets.Note(Range("198.18.0.7", "198.18.9.255"), 64500);
  subnets.Note(Range("203.0.113.0", "203.0.114.255"), 64500);
  EXPECT_EQ(TextOf(subnets.Of(64500)), "198.18.1.0/24");
}

TEST(ClientSubnets, WhatHoldsNoWholePrefixGivesNone) {
  ClientSubnets subnets;
  subnets.Note(Range("192.0.2.1", "192.0.2.255"), 64500);
  subnets.Note(Range("192.0.2.128", "192.0.3.127"), 64501);
  subnets.Note(Range("255.255.255.1", "255.255.255.255"), 64502);
  subnets.Note(Range("192.0.2.0", "192.0.3.255"), 0);
  for (const std::uint32_t asn : {0u, 64500u, 64501u, 64502u, 64503u}) {
    EXPECT_EQ(TextOf(subnets.Of(asn)), "none") << asn;
  }
}

TEST(ClientSubnets, Ipv6StandsInWhereThereIsNoIpv4) {
  ClientSubnets subnets;
  subnets.Note(Range("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
               64500);
  EXPECT_EQ(TextOf(subnets.Of(64500)), "2001:db8::/56");
  subnets.Note(Range("192.0.2.0", "192.0.2.255"), 64500);
  subnets.Note(Range("2001:db9::", "2001:dbb:ffff:ffff:ffff:ffff:ffff:ffff"),
               64500);
  EXPECT_EQ(TextOf(subnets.Of(64500)), "192.0.2.0/24");
}

TEST(ClientSubnets, AMoreSpecificPrefixOfAnotherIsNotTaken) {
  const ScratchDirectory scratch;
  const auto path = scratch.Write(
      "prefixes.tsv",
      "10.1.0.0/16\t64500\n10.1.0.0/24\t64501\n10.2.0.0/16\t64502\n");
  const auto networks = ReadNetworks(path, {});
  ASSERT_TRUE(networks.ok()) << networks.status();
  EXPECT_EQ(TextOf(networks->ClientSubnetOf(64500)), "none");
  EXPECT_EQ(TextOf(networks->ClientSubnetOf(64501)), "10.1.0.0/24");
  EXPECT_EQ(TextOf(networks->ClientSubnetOf(64502)), "10.2.0.0/24");
  EXPECT_EQ(TextOf(networks->ClientSubnetOf(64503)), "none");
}

}  // namespace
}  // namespace taster::reference
