// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/feed.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace taster::serve {
namespace {

store::TextTable Events() {
  using store::ValueType;
  store::TextTable rows({{"event_id", ValueType::kText},
                         {"day", ValueType::kDay},
                         {"kind", ValueType::kText},
                         {"domain", ValueType::kText},
                         {"summary", ValueType::kText}});
  rows.Append("onset-1");
  rows.Append("2026-11-20");
  rows.Append("onset");
  rows.Append("a.example");
  rows.Append("<b>a</b> & \"b\" \x01\x1b]]>");
  return rows;
}

TEST(FeedNameTest, NamesWhatPagesName) {
  for (const char* path :
       {"events.atom", "events.json", "domain/a.example.atom",
        "network/CN/4134.json", "network/CN.atom", "victim/192.0.2.1.atom",
        "victim/2001::1.json"}) {
    const auto feed = ParseFeedName(path);
    ASSERT_TRUE(feed.has_value()) << path;
    EXPECT_EQ(feed->Path() + (feed->is_atom ? ".atom" : ".json"), path);
  }
  for (const char* path : {"events", "events.xml", "domain/A.atom",
                           "victims.atom", "victim/a.atom", "latest.json",
                           "address/192.0.2.1.atom", ".atom", ""}) {
    EXPECT_FALSE(ParseFeedName(path).has_value()) << path;
  }
}

TEST(FeedTest, KeyIsAParameter) {
  const Statement statement =
      FeedStatement(*ParseFeedName("network/CN/7.atom"));
  EXPECT_EQ(statement.sql.find("CN"), std::string::npos);
  EXPECT_EQ(statement.parameters.size(), 2u);
}

TEST(FeedTest, AtomIsInert) {
  const std::string xml =
      AtomFeed(*ParseFeedName("domain/a.example.atom"), Events(), {}, "");
  EXPECT_NE(xml.find("&lt;b&gt;a&lt;/b&gt; &amp; &quot;b&quot; ]]&gt;"),
            std::string::npos);
  EXPECT_EQ(xml.find('\x01'), std::string::npos);
  EXPECT_NE(xml.find("href=\"../../event/onset-1/\""), std::string::npos);
  EXPECT_NE(xml.find("<updated>2026-11-20T00:00:00Z</updated>"),
            std::string::npos);
}

TEST(FeedTest, JsonNamesItself) {
  const auto feed = nlohmann::json::parse(JsonFeed(
      *ParseFeedName("events.json"), Events(), {}, "https://taster.example/"));
  EXPECT_EQ(feed.at("version"), "https://jsonfeed.org/version/1.1");
  EXPECT_EQ(feed.at("feed_url"), "https://taster.example/feeds/events.json");
  EXPECT_EQ(feed.at("items")[0].at("url"),
            "https://taster.example/event/onset-1/");
}

}  // namespace
}  // namespace taster::serve
