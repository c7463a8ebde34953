// SPDX-License-Identifier: Apache-2.0
#include "proto/net/ip_prefix.h"

#include <gtest/gtest.h>

#include <string>

namespace taster::net {
namespace {

bool Contains(const char* prefix, const char* address) {
  return IpPrefix::Parse(prefix)->Contains(*IpAddress::Parse(address));
}

TEST(IpPrefix, GivesItsTextBack) {
  for (const char* text :
       {"192.0.2.0/24", "0.0.0.0/0", "192.0.2.1/32", "10.128.0.0/9",
        "2001:db8::/32", "::/0", "::1/128", "2001:db8:8000::/33"}) {
    const auto prefix = IpPrefix::Parse(text);
    ASSERT_TRUE(prefix) << text;
    EXPECT_EQ(prefix->ToString(), text);
  }
}

TEST(IpPrefix, RefusesWhatIsNoPrefix) {
  for (const char* text :
       {"", "/", "192.0.2.0", "192.0.2.0/", "/24", "192.0.2.0/33",
        "192.0.2.0/-1", "192.0.2.0/+8", "192.0.2.0/024", "192.0.2.0/24/8",
        "192.0.2.0/2a", "192.0.2.0/ 24", "2001:db8::/129", "2001:db8::/1000",
        // Bits beyond the length.
        "192.0.2.1/24", "10.128.0.0/8", "128.0.0.0/0", "2001:db8::1/127",
        "2001:db8::/28"}) {
    EXPECT_FALSE(IpPrefix::Parse(text)) << text;
  }
}

TEST(IpPrefix, ContainsWhatStartsWithIt) {
  EXPECT_TRUE(Contains("192.0.2.0/24", "192.0.2.0"));
  EXPECT_TRUE(Contains("192.0.2.0/24", "192.0.2.255"));
  EXPECT_FALSE(Contains("192.0.2.0/24", "192.0.3.0"));
  EXPECT_TRUE(Contains("10.128.0.0/9", "10.255.0.1"));
  EXPECT_FALSE(Contains("10.128.0.0/9", "10.127.255.255"));
  EXPECT_TRUE(Contains("0.0.0.0/0", "255.255.255.255"));
  EXPECT_TRUE(Contains("192.0.2.1/32", "192.0.2.1"));
  EXPECT_FALSE(Contains("192.0.2.1/32", "192.0.2.0"));
  EXPECT_TRUE(Contains("2001::/32", "2001::1f0d:5552"));
  EXPECT_FALSE(Contains("2001::/32", "2001:1::"));
}

TEST(IpPrefix, FamiliesNeverMix) {
  EXPECT_FALSE(Contains("0.0.0.0/0", "::"));
  EXPECT_FALSE(Contains("::/0", "0.0.0.0"));
  EXPECT_FALSE(Contains("0.0.0.0/0", "::ffff:192.0.2.1"));
}

}  // namespace
}  // namespace taster::net
