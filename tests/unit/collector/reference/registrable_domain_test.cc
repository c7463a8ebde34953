// SPDX-License-Identifier: Apache-2.0
// What was registered of a name.
#include "collector/reference/registrable_domain.h"

#include <gtest/gtest.h>

#include <utility>

namespace taster::reference {
namespace {

std::string Of(const std::string& name) {
  return RegistrableDomain(*dns::Name::Parse(name));
}

TEST(RegistrableDomainTest, OneLabelMoreThanTheSuffix) {
  const std::pair<const char*, const char*> names[] = {
      {"www.example.com.", "example.com"},
      {"example.com", "example.com"},
      {"A.B.Example.CO.UK", "example.co.uk"},
      {"www.google.com.hk", "google.com.hk"},
      {"a.b.c.kawasaki.jp", "b.c.kawasaki.jp"},      // *.kawasaki.jp
      {"www.city.kawasaki.jp", "city.kawasaki.jp"},  // Its exception.
      {"blog.someone.github.io", "someone.github.io"},
      {"www.xn--fiqs8s.xn--55qx5d.cn", "xn--fiqs8s.xn--55qx5d.cn"},
      {"a.b.no-such-tld-there", "b.no-such-tld-there"},
      {"_dmarc.www.example.com", "example.com"},
  };
  for (const auto& [name, domain] : names) EXPECT_EQ(Of(name), domain);
}

TEST(RegistrableDomainTest, SuffixesAndSingleLabelsGiveThemselves) {
  for (const char* name : {"com", "co.uk", "github.io", "localhost", "."}) {
    EXPECT_EQ(Of(name), name);
  }
}

TEST(RegistrableDomainTest, EscapesAreNoBorders) {
  EXPECT_EQ(Of("www.a\\.b.com"), "a\\.b.com");
  EXPECT_EQ(Of("x.evil\\.co.uk"), "evil\\.co.uk");
  EXPECT_EQ(Of("x.\\000\\255\\032y.com"), "\\000\\255\\032y.com");
  EXPECT_EQ(Of("www.*.ck"), "www.*.ck");
}

TEST(RegistrableDomainTest, AsManyLabelsAsANameCanHave) {
  std::string name;
  for (int i = 0; i < 125; ++i) name += "a.";
  EXPECT_EQ(Of(name + "com"), "a.com");
}

}  // namespace
}  // namespace taster::reference
