// SPDX-License-Identifier: Apache-2.0
// IPv4 addresses inside IPv6 ones, by the examples of RFC 6052 section 2.4.
#include "collector/judge/translation.h"

#include <gtest/gtest.h>

namespace taster::judge {
namespace {

std::string DecodedText(const char* prefix, const char* address) {
  Case set;
  if (prefix != nullptr) set.nat64 = net::IpPrefix::Parse(prefix);
  return Decoded(set, *net::IpAddress::Parse(address)).ToString();
}

TEST(TranslationTest, TheNetworksOwnPrefix) {
  constexpr struct {
    const char* prefix;
    const char* address;
  } kExamples[] = {
      {"2001:db8::/32", "2001:db8:c000:221::"},
      {"2001:db8:100::/40", "2001:db8:1c0:2:21::"},
      {"2001:db8:122::/48", "2001:db8:122:c000:2:2100::"},
      {"2001:db8:122:300::/56", "2001:db8:122:3c0:0:221::"},
      {"2001:db8:122:344::/64", "2001:db8:122:344:c0:2:2100:0"},
      {"2001:db8:122:344::/96", "2001:db8:122:344::c000:221"},
  };
  for (const auto& [prefix, address] : kExamples) {
    EXPECT_EQ(DecodedText(prefix, address), "192.0.2.33") << prefix;
    EXPECT_EQ(DecodedText(nullptr, address),
              net::IpAddress::Parse(address)->ToString());
  }
}

TEST(TranslationTest, WellKnownAndMapped) {
  EXPECT_EQ(DecodedText(nullptr, "64:ff9b::c000:221"), "192.0.2.33");
  EXPECT_EQ(DecodedText(nullptr, "::ffff:192.0.2.33"), "192.0.2.33");
  EXPECT_EQ(DecodedText("2001:db8::/32", "64:ff9b::c000:221"), "192.0.2.33");
  EXPECT_EQ(DecodedText("2001:db8::/32", "192.0.2.33"), "192.0.2.33");
}

TEST(TranslationTest, OddPrefixesDecodeNothing) {
  EXPECT_EQ(DecodedText("2001:db8::/33", "2001:db8::c000:221"),
            "2001:db8::c000:221");
  EXPECT_EQ(DecodedText("192.0.2.0/24", "192.0.2.33"), "192.0.2.33");
}

TEST(TranslationTest, WhatADns64MayHaveMade) {
  Case set;
  const auto translated = [&](const char* address) {
    return IsTranslated(set, *net::IpAddress::Parse(address));
  };
  EXPECT_TRUE(translated("64:ff9b::c000:221"));
  EXPECT_TRUE(translated("64:ff9b:1::c000:221"));
  EXPECT_FALSE(translated("64:ff9b:2::c000:221"));
  EXPECT_FALSE(translated("2001:db8::1"));
  EXPECT_FALSE(translated("192.0.2.33"));
  set.nat64 = net::IpPrefix::Parse("2001:db8::/32");
  EXPECT_TRUE(translated("2001:db8::1"));
}

}  // namespace
}  // namespace taster::judge
