// SPDX-License-Identifier: Apache-2.0
#include "proto/dns/name.h"

#include <absl/container/flat_hash_set.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

namespace taster::dns {
namespace {

using ::testing::ElementsAre;

std::string Text(std::string_view text) {
  const auto name = Name::Parse(text);
  return name ? name->ToText() : "nothing";
}

TEST(Name, ParsesText) {
  EXPECT_EQ(Text("www.Example.COM"), "www.example.com.");
  EXPECT_EQ(Text("www.example.com."), "www.example.com.");
  EXPECT_EQ(Text("."), ".");
  EXPECT_EQ(Text("a"), "a.");
  EXPECT_THAT(Name::Parse("ab.c")->wire(), ElementsAre(2, 'a', 'b', 1, 'c', 0));
  EXPECT_THAT(Name().wire(), ElementsAre(0));
  EXPECT_TRUE(Name().is_root());
  EXPECT_FALSE(Name::Parse("a")->is_root());
}

TEST(Name, UnderstandsEscapes) {
  EXPECT_THAT(Name::Parse("a\\.b")->wire(), ElementsAre(3, 'a', '.', 'b', 0));
  EXPECT_THAT(Name::Parse("\\000\\255")->wire(), ElementsAre(2, 0, 255, 0));
  EXPECT_THAT(Name::Parse("\\\\")->wire(), ElementsAre(1, '\\', 0));
  EXPECT_THAT(Name::Parse("\\A")->wire(), ElementsAre(1, 'A', 0));
}

TEST(Name, RefusesWhatIsNoName) {
  for (const char* text : {"", "..", ".a", "a..b", "a.b..", "\\", "a\\", "\\25",
                           "\\2a5", "\\256", "\\999"}) {
    EXPECT_EQ(Text(text), "nothing") << text;
  }
  EXPECT_TRUE(Name::Parse(std::string(63, 'a')));
  EXPECT_FALSE(Name::Parse(std::string(64, 'a')));
}

TEST(Name, CountsBytesNotCharacters) {
  const std::string label = std::string(63, 'a') + '.';
  const std::string most = label + label + label + std::string(61, 'b');
  ASSERT_TRUE(Name::Parse(most));
  EXPECT_EQ(Name::Parse(most)->wire().size(), Name::kMaxBytes);
  EXPECT_FALSE(Name::Parse(most + 'b'));
  std::string escaped;
  for (int i = 0; i < 63; ++i) escaped += "\\255";
  EXPECT_EQ(Name::Parse(escaped)->wire().size(), 65u);
}

TEST(Name, FromWireTakesExactlyOneName) {
  const std::vector<std::vector<std::uint8_t>> refused = {
      {}, {1, 'a'}, {1, 'a', 0, 0}, {0, 0}, {2, 'a', 0}, {64, 0}, {0xc0, 0}};
  for (const auto& wire : refused) {
    EXPECT_FALSE(Name::FromWire(wire));
  }
  EXPECT_TRUE(Name::FromWire(std::array<std::uint8_t, 1>{0}));
  std::vector<std::uint8_t> longest;
  for (int i = 0; i < 127; ++i) longest.insert(longest.end(), {1, 'a'});
  longest.push_back(0);
  EXPECT_TRUE(Name::FromWire(longest));
  longest.insert(longest.begin(), {1, 'a'});
  EXPECT_FALSE(Name::FromWire(longest));
}

TEST(Name, EscapesWhatCouldDoHarm) {
  const std::array<std::uint8_t, 14> wire = {
      4, 'a', '.', '\\', '"', 3, '(', ';', ')', 3, 0x1b, ' ', 0x7f, 0};
  EXPECT_EQ(Name::FromWire(wire)->ToText(),
            "a\\.\\\\\\\".\\(\\;\\).\\027\\032\\127.");
  EXPECT_EQ(Text("a\\@b\\$"), "a\\@b\\$.");
  EXPECT_EQ(Text("\xe2\x80\xae"), "\\226\\128\\174.");
}

TEST(Name, RoundTripsAnyOctets) {
  std::mt19937 random(1035);
  for (int round = 0; round < 5000; ++round) {
    std::vector<std::uint8_t> wire;
    for (auto labels = random() % 6; labels > 0; --labels) {
      const std::size_t length = 1 + random() % (labels == 1 ? 50 : 40);
      wire.push_back(static_cast<std::uint8_t>(length));
      for (std::size_t i = 0; i < length; ++i) {
        wire.push_back(static_cast<std::uint8_t>(random()));
      }
    }
    wire.push_back(0);
    const auto name = Name::FromWire(wire);
    ASSERT_TRUE(name);
    const auto again = Name::Parse(name->ToText());
    ASSERT_TRUE(again) << name->ToText();
    ASSERT_EQ(*again, *name);
    ASSERT_EQ(again->wire().size(), wire.size());
    ASSERT_EQ(*Name::Parse(again->ToText()), *again);
  }
}

TEST(Name, IgnoresLetterCaseOnly) {
  const Name upper = *Name::Parse("WWW.Example.com");
  const Name lower = *Name::Parse("www.example.com");
  EXPECT_EQ(upper, lower);
  EXPECT_EQ(upper.Lower().wire()[1], 'w');
  EXPECT_EQ(upper.wire()[1], 'W');
  EXPECT_EQ(upper <=> lower, std::strong_ordering::equal);
  EXPECT_NE(*Name::Parse("a[b"), *Name::Parse("a{b"));
  EXPECT_NE(*Name::Parse("a"), *Name::Parse("a.a"));
  EXPECT_LT(*Name::Parse("a"), *Name::Parse("B"));
  EXPECT_LT(*Name::Parse("a"), *Name::Parse("\\255"));
  const absl::flat_hash_set<Name> names = {upper, lower, Name()};
  EXPECT_EQ(names.size(), 2u);
}

TEST(Name, KnowsItsAncestors) {
  const Name name = *Name::Parse("www.example.com");
  for (const char* ancestor : {"WWW.example.com", "example.COM", "com", "."}) {
    EXPECT_TRUE(name.IsWithin(*Name::Parse(ancestor))) << ancestor;
  }
  for (const char* stranger :
       {"ample.com", "x.www.example.com", "example.net", "www", "om"}) {
    EXPECT_FALSE(name.IsWithin(*Name::Parse(stranger))) << stranger;
  }
  EXPECT_TRUE(Name().IsWithin(Name()));
  EXPECT_FALSE(Name().IsWithin(name));
  // A label whose octets look like a name is no ancestor.
  EXPECT_FALSE(Name::Parse("a\\003com")->IsWithin(*Name::Parse("com")));
}

}  // namespace
}  // namespace taster::dns
