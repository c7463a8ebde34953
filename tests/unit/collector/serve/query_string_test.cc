// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/query_string.h"

#include <gtest/gtest.h>

namespace taster::serve {
namespace {

int StatusOf(const std::string& text) {
  const auto read = ReadTarget(text);
  const auto* problem = std::get_if<Problem>(&read);
  return problem == nullptr ? 200 : problem->status;
}

TEST(ReadTargetTest, DecodesPathAndParameters) {
  const auto read = ReadTarget("/a%20b/c?x=1+2&y=%C3%BC&z&w=a%3Db=c#frag");
  const auto& target = std::get<Target>(read);
  EXPECT_EQ(target.path, "/a b/c");
  using Pair = std::pair<std::string, std::string>;
  EXPECT_EQ(
      target.parameters,
      (std::vector<Pair>{{"x", "1 2"}, {"y", "ü"}, {"z", ""}, {"w", "a=b=c"}}));
}

TEST(ReadTargetTest, RefusesWhatIsNotText) {
  for (const char* text :
       {"/a?x=%", "/a?x=%4", "/a?x=%zz", "/a?x=%00", "/a%00", "/?x=%c0%ae",
        "/?x=%ff", "/%80", "/?x=%ed%a0%80", "/?%ff=1", "/?=1", "/?x=1&x=2",
        "/?x&x", "/?x=%f4%90%80%80"}) {
    EXPECT_EQ(StatusOf(text), 400) << text;
  }
}

TEST(ReadTargetTest, RefusesWaysOut) {
  for (const char* text :
       {"/../etc/passwd", "/a/%2e%2e/b", "/a/..%2fb", "//a", "/a//b", "a",
        "/a/./b", "/a\\b", "/a%5c..", "/a%0d%0ab", "/a%7f", "*", ""}) {
    EXPECT_EQ(StatusOf(text), 404) << text;
  }
}

TEST(ReadTargetTest, HasLimits) {
  EXPECT_EQ(StatusOf("/" + std::string(8191, 'a')), 200);
  EXPECT_EQ(StatusOf("/" + std::string(8192, 'a')), 414);
  std::string many = "/?";
  for (int i = 0; i < 64; ++i) many += "p" + std::to_string(i) + "=&";
  EXPECT_EQ(StatusOf(many), 200);
  EXPECT_EQ(StatusOf(many + "one=more"), 400);
}

TEST(PercentEncodedTest, LeavesOnlyWhatIsUnreserved) {
  EXPECT_EQ(PercentEncoded("/address/2001::1/"), "/address/2001::1/");
  EXPECT_EQ(PercentEncoded("a b\r\nü<>\"&"), "a%20b%0D%0A%C3%BC%3C%3E%22%26");
}

}  // namespace
}  // namespace taster::serve
