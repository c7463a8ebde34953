// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/page.h"

#include <gtest/gtest.h>

#include <regex>

#include "collector/serve/document.h"

namespace taster::serve {
namespace {

TEST(PageNameTest, HasOneForm) {
  for (const char* path :
       {"overview", "domain/a.example", "domain/xn--bcher-kva.example",
        "domain/.", "network/CN", "network/CN/4134", "network/CN/0",
        "address/192.0.2.1", "address/2001::1", "injector/gfw-3",
        "event/onset:a.example:2026-11-20", "search/ab", "search/a_",
        "search/__", "evidence/00004fd70123456789abcdef01234567-17",
        "latest"}) {
    const auto page = ParsePageName(path);
    ASSERT_TRUE(page.has_value()) << path;
    EXPECT_EQ(page->Path(), path);
  }
  for (const char* path : {"",
                           "nothing",
                           "overview/",
                           "overview/x",
                           "domain",
                           "domain/",
                           "domain/A.example",
                           "domain/a.example.",
                           "domain/a/b",
                           "domain/b\u00fccher.example",
                           "network",
                           "network/",
                           "network/cn",
                           "network/CN/",
                           "network/CN/01",
                           "network/CN/-1",
                           "network/CN/4134/x",
                           "network/CN/42949672960",
                           "address/192.0.2.01",
                           "address/::FFFF",
                           "address/2001:0:0::1",
                           "address/a",
                           "injector/a/b",
                           "injector/a b",
                           "search/AB",
                           "search/abc",
                           "search/_a",
                           "evidence/17",
                           "evidence/00004FD70123456789abcdef01234567-17"}) {
    EXPECT_FALSE(ParsePageName(path).has_value()) << path;
  }
}

TEST(PageNameTest, ShardsHaveEveryName) {
  EXPECT_EQ(ShardOf("example.com"), "ex");
  EXPECT_EQ(ShardOf("x"), "x_");
  EXPECT_EQ(ShardOf("."), "__");
  EXPECT_EQ(ShardOf("a.b"), "__");
  EXPECT_EQ(ShardOf("=x"), "__");
  EXPECT_EQ(ShardOf("-4"), "-4");
}

// Every section reads a public view and nothing else, and takes its key from a
// parameter.
TEST(PageKindTest, SectionsReadPubAlone) {
  for (const PageKind& kind : PageKinds()) {
    const std::size_t parts = kind.key == KeyKind::kNone      ? 0
                              : kind.key == KeyKind::kNetwork ? 2
                                                              : 1;
    for (const Section& section : kind.sections) {
      if (section.sql.empty()) continue;
      const std::string sql = SectionSql(section, {.key_parts = parts});
      EXPECT_NE(sql.find("pub."), sql.npos) << section.name;
      for (const char* never : {"taster.", "analysis.", "@1", "@2", ";"}) {
        EXPECT_EQ(sql.find(never), sql.npos) << section.name << never;
      }
      EXPECT_FALSE(std::regex_search(sql, std::regex("<[a-z_]+>"))) << sql;
    }
  }
}

}  // namespace
}  // namespace taster::serve
