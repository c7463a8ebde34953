// SPDX-License-Identifier: Apache-2.0
// No probe sends to an address that is nobody's public server.
#include "probe/plan/address_policy.h"

#include <gtest/gtest.h>

namespace taster::plan {
namespace {

net::IpAddress Address(std::string_view text) {
  return net::IpAddress::Parse(text).value();
}

TEST(AddressPolicy, ReservedAddressesAreKnown) {
  for (const auto* text : {"0.0.0.0",
                           "10.1.2.3",
                           "100.64.0.1",
                           "127.0.0.1",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.168.1.1",
                           "224.0.0.251",
                           "239.255.255.250",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "fc00::1",
                           "fd12::1",
                           "fe80::1",
                           "ff02::fb",
                           "::ffff:8.8.8.8",
                           "64:ff9b::808:808",
                           "2002:a00:1::1",
                           "2001:0:1::1",
                           "2001:db8::1"}) {
    EXPECT_TRUE(IsReserved(Address(text))) << text;
  }
}

TEST(AddressPolicy, PublicAddressesAreNotReserved) {
  for (const auto* text :
       {"8.8.8.8", "172.32.0.1", "100.128.0.1", "11.0.0.1", "126.255.255.255",
        "223.255.255.255", "2001:4860:4860::8888", "2606:4700:4700::1111"}) {
    EXPECT_FALSE(IsReserved(Address(text))) << text;
  }
}

TEST(AddressPolicy, CompiledResolversAreKnownAndPublic) {
  for (const auto* text :
       {"8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9",
        "149.112.112.112", "208.67.222.222", "223.5.5.5", "119.29.29.29",
        "114.114.114.114", "2620:fe::fe", "240c::6666"}) {
    EXPECT_TRUE(IsPublicResolver(Address(text))) << text;
    EXPECT_FALSE(IsReserved(Address(text))) << text;
  }
  EXPECT_FALSE(IsPublicResolver(Address("8.8.8.9")));
}

}  // namespace
}  // namespace taster::plan
