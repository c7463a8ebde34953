// SPDX-License-Identifier: Apache-2.0
#include "probe/plan/opt_out.h"

#include <gtest/gtest.h>

namespace taster::plan {
namespace {

TEST(OptOut, CoversAddressesPrefixesAndNamesWithAllBelow) {
  OptOut list;
  for (const char* text :
       {"192.0.2.7", "198.51.100.0/24", "2001:db8::/32", "example.com"}) {
    EXPECT_TRUE(list.Add(text)) << text;
  }
  const auto covers = [&](const char* address, const char* name) {
    return list.Covers(*net::IpAddress::Parse(address),
                       *dns::Name::Parse(name));
  };
  EXPECT_TRUE(covers("192.0.2.7", "a.test"));
  EXPECT_FALSE(covers("192.0.2.8", "a.test"));
  EXPECT_TRUE(covers("198.51.100.255", "a.test"));
  EXPECT_TRUE(covers("2001:db8:1::1", "a.test"));
  EXPECT_TRUE(covers("203.0.113.1", "www.EXAMPLE.com"));
  EXPECT_FALSE(covers("203.0.113.1", "example.com.test"));
}

TEST(OptOut, RefusesWhatIsNoneOfThem) {
  OptOut list;
  for (const char* text : {"", "192.0.2.0/33", "192.0.2", "a b", "-"}) {
    EXPECT_FALSE(list.Add(text)) << text;
  }
}

}  // namespace
}  // namespace taster::plan
