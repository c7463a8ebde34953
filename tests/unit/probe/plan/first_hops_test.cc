// SPDX-License-Identifier: Apache-2.0
// No router near a volunteer is ever named.
#include "probe/plan/first_hops.h"

#include <gtest/gtest.h>

#include <vector>

namespace taster::plan {
namespace {

net::IpAddress Address(std::string_view text) {
  return net::IpAddress::Parse(text).value();
}

// Router by router from step 1; empty: silent.
FirstHops Path(const std::vector<std::string_view>& routers,
               const std::vector<net::IpAddress>& own = {}) {
  FirstHops hops(false, own);
  for (std::size_t i = 0; i < routers.size(); ++i) {
    if (routers[i].empty()) continue;
    hops.Note(static_cast<std::uint8_t>(i + 1), Address(routers[i]));
  }
  return hops;
}

TEST(FirstHops, HomeCarrierAndFirstPublicRouterAreWithheld) {
  const auto hops = Path({"192.168.1.1", "100.64.0.1", "100.65.0.1",
                          "202.97.1.1", "202.97.2.1", "10.1.1.1"});
  EXPECT_FALSE(hops.MayName(1, Address("192.168.1.1")));
  EXPECT_FALSE(hops.MayName(3, Address("100.65.0.1")));
  EXPECT_FALSE(hops.MayName(4, Address("202.97.1.1")));
  EXPECT_TRUE(hops.MayName(5, Address("202.97.2.1")));
  // Private, though far.
  EXPECT_FALSE(hops.MayName(6, Address("10.1.1.1")));
}

TEST(FirstHops, TwoHopsAreWithheldHoweverPublic) {
  const auto hops = Path({"202.97.1.1", "202.97.2.1", "202.97.3.1"});
  EXPECT_FALSE(hops.MayName(1, Address("202.97.1.1")));
  EXPECT_FALSE(hops.MayName(2, Address("202.97.2.1")));
  EXPECT_TRUE(hops.MayName(3, Address("202.97.3.1")));
}

TEST(FirstHops, SilentRoutersBringNothingNearer) {
  const auto hops = Path({"", "", "", "202.97.1.1", "202.97.2.1"});
  EXPECT_FALSE(hops.MayName(4, Address("202.97.1.1")));
  EXPECT_TRUE(hops.MayName(5, Address("202.97.2.1")));
}

TEST(FirstHops, RouterThatIsNearOnceIsNeverNamed) {
  auto hops = Path({"192.168.1.1", "202.97.1.1", "202.97.2.1", "202.97.1.1"});
  EXPECT_FALSE(hops.MayName(4, Address("202.97.1.1")));
  EXPECT_TRUE(hops.MayName(3, Address("202.97.2.1")));
}

TEST(FirstHops, OwnAddressesAndTheirSiteAreWithheld) {
  const auto own = Address("2400:1234:5678:9::2");
  const auto hops = Path({"2400:1234:5678:9::1", "2400:1234:5678:a::1",
                          "2400:1:1::1", "2400:1:2::1", "2400:1234:5678:b::1"},
                         {own});
  EXPECT_FALSE(hops.MayName(1, Address("2400:1234:5678:9::1")));
  EXPECT_FALSE(hops.MayName(3, Address("2400:1:1::1")));
  EXPECT_TRUE(hops.MayName(4, Address("2400:1:2::1")));
  EXPECT_FALSE(hops.MayName(5, Address("2400:1234:5678:b::1")));
  EXPECT_FALSE(hops.MayName(5, own));
}

TEST(FirstHops, NothingIsNamedOnAPathWithoutPublicRouters) {
  const auto hops = Path({"10.0.0.1", "10.0.1.1", "10.0.2.1", "10.0.3.1"});
  for (std::uint8_t step = 1; step <= 4; ++step) {
    EXPECT_FALSE(hops.MayName(step, Address("10.0.3.1")));
  }
}

TEST(FirstHops, LabIsNobodysHome) {
  FirstHops hops(true, {});
  hops.Note(1, Address("10.9.0.1"));
  EXPECT_TRUE(hops.MayName(1, Address("10.9.0.1")));
}

}  // namespace
}  // namespace taster::plan
