// SPDX-License-Identifier: Apache-2.0
#include "proto/net/endpoint.h"

#include <gtest/gtest.h>

#include <string>

namespace taster::net {
namespace {

std::string Text(std::string_view text) {
  const auto endpoint = Endpoint::Parse(text, 53);
  return endpoint ? endpoint->ToString() : "nothing";
}

TEST(Endpoint, ParsesAddressAndPort) {
  EXPECT_EQ(Text("192.0.2.1:853"), "192.0.2.1:853");
  EXPECT_EQ(Text("[2001:db8::1]:443"), "[2001:db8::1]:443");
  EXPECT_EQ(Text("192.0.2.1:65535"), "192.0.2.1:65535");
}

TEST(Endpoint, AddressAloneTakesTheDefaultPort) {
  EXPECT_EQ(Text("192.0.2.1"), "192.0.2.1:53");
  EXPECT_EQ(Text("2001:db8::1"), "[2001:db8::1]:53");
  EXPECT_EQ(Text("[2001:db8::1]"), "[2001:db8::1]:53");
}

TEST(Endpoint, RefusesWhatIsNone) {
  for (const char* text : {"",
                           ":",
                           ":53",
                           "192.0.2.1:",
                           "192.0.2.1:0",
                           "192.0.2.1:65536",
                           "192.0.2.1:053",
                           "192.0.2.1:+5",
                           "192.0.2.1:5 ",
                           "192.0.2.1:99999999",
                           "[",
                           "[]",
                           "[]:53",
                           "[::1",
                           "[::1]53",
                           "[::1]:",
                           "[::1]:0",
                           "[192.0.2.1]:53",
                           "example.com:53",
                           "[::1]]:53"}) {
    EXPECT_EQ(Text(text), "nothing") << text;
  }
}

TEST(Endpoint, SortsByAddressThenPort) {
  EXPECT_LT(*Endpoint::Parse("1.2.3.4:99", 0),
            *Endpoint::Parse("1.2.3.5:1", 0));
  EXPECT_LT(*Endpoint::Parse("1.2.3.4:1", 0), *Endpoint::Parse("1.2.3.4:2", 0));
  EXPECT_EQ(*Endpoint::Parse("1.2.3.4", 7), *Endpoint::Parse("1.2.3.4:7", 9));
}

}  // namespace
}  // namespace taster::net
