// SPDX-License-Identifier: Apache-2.0
// What nobody should be able to ask: injections, forged cursors, absurd ranges.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "collector/serve/query_string.h"
#include "tests/unit/collector/serve/pub_scene.h"

namespace taster::serve {
namespace {

using Json = nlohmann::json;

// 500 attempts, as a product of what breaks out and what is done then.
std::vector<std::string> Injections() {
  const char* const breaks[] = {
      "",   "'", "\"", "')",   "\")", "';",     "\\'",  "1'", "1",  "$$",
      "$1", "{", "}",  "E'\\", "%27", "\u02bc", "a\n'", "--", "/*", "\xbf'"};
  const char* const deeds[] = {
      " OR 1=1 --",
      "; DROP TABLE taster.cell; --",
      " UNION SELECT passwd FROM pg_shadow --",
      "; SELECT pg_sleep(10) --",
      " AND (SELECT count(*) FROM taster.vantage) > 0 --",
      "||(SELECT current_user)||",
      "; COPY taster.cell TO PROGRAM 'id' --",
      "::int",
      "; SET ROLE taster_owner --",
      " AND 1=CAST((SELECT version()) AS int) --",
      "\\x00",
      "; DELETE FROM pub.cell WHERE true --",
      "{1,2}",
      " ORDER BY 1; --",
      "'; SELECT lo_export(1, '/tmp/x'); --",
      " RETURNING *",
      "*/ SELECT 1",
      "; TRUNCATE taster.cell --",
      " LIMIT 1 OFFSET 1 --",
      "%",
      "_",
      " IS NOT NULL",
      "; NOTIFY x; --",
      " = ANY (ARRAY[1])",
      "; ALTER ROLE taster_reader SUPERUSER; --"};
  std::vector<std::string> all;
  for (const char* before : breaks) {
    for (const char* deed : deeds) all.push_back(std::string(before) + deed);
  }
  return all;
}

std::string Encoded(const std::string& text) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string encoded;
  for (const char c : text) {
    encoded += '%';
    encoded += kHex[static_cast<std::uint8_t>(c) >> 4];
    encoded += kHex[static_cast<std::uint8_t>(c) & 15];
  }
  return encoded;
}

class HostileTest : public testing::Test {
 protected:
  // 200 (nothing is like that), 400 or 404, and always JSON.
  void ExpectHarmless(const std::string& target) {
    const Answer answer = scene_.Get(target);
    EXPECT_TRUE(answer.status == 200 || answer.status == 400 ||
                answer.status == 404)
        << answer.status << " " << target << " " << *answer.body;
    EXPECT_TRUE(Json::accept(*answer.body)) << target;
    if (answer.status == 200) {
      EXPECT_TRUE(Json::parse(*answer.body).at("data").empty()) << target;
    }
  }

  PubScene scene_;
};

TEST_F(HostileTest, InjectionsAreText) {
  const std::vector<std::string> injections = Injections();
  ASSERT_GE(injections.size(), 500u);
  const auto cells =
      scene_.postgres().Number("SELECT count(*) FROM taster.cell");
  // One column of every type, each text through all of them.
  const char* const filters[] = {"cell?domain=",
                                 "cell?day=",
                                 "cell?asn=",
                                 "cell?agreement=",
                                 "cell?update_time=",
                                 "cell?mechanisms=",
                                 "forged_address?address=",
                                 "forged_address?is_reserved=",
                                 "evidence_reply?addresses=",
                                 "evidence_reply?message=",
                                 "cell?witness=",
                                 "event?event_id="};
  for (const std::string& injection : injections) {
    for (const char* filter : filters) {
      ExpectHarmless("/api/v1/" + std::string(filter) + Encoded(injection));
    }
    ExpectHarmless("/api/v1/cell?limit=1&cursor=" + Encoded(injection));
    ExpectHarmless("/api/v1/cell?day=1&columns=" + Encoded(injection));
    ExpectHarmless("/api/v1/cell?" + Encoded(injection) + "=1");
    ExpectHarmless("/api/v1/" + Encoded(injection));
    ExpectHarmless("/data/v1/domain/" + Encoded(injection) + ".json");
    ExpectHarmless("/data/v1/event/" + Encoded(injection) + ".json");
    ExpectHarmless("/feeds/domain/" + Encoded(injection) + ".none");
  }
  EXPECT_EQ(scene_.postgres().Number("SELECT count(*) FROM taster.cell"),
            cells);
}

// Every filter of every view takes a hostile text without a failure here.
TEST_F(HostileTest, EveryFilterRefusesOrFindsNothing) {
  const Json views = Json::parse(*scene_.Get("/api/v1/").body).at("views");
  for (const Json& view : views) {
    for (const Json& column : view.at("columns")) {
      for (const char* text :
           {"' OR '1'='1", "{\"a", "0..", "\\", ",", "\u202e"}) {
        const std::string name = column.at("name");
        ExpectHarmless("/api/v1/" + view.at("name").get<std::string>() + "?" +
                       name + "=" + Encoded(text));
      }
    }
  }
}

TEST_F(HostileTest, AbsurdRequestsAreRefused) {
  for (const char* target :
       {"/api/v1/cell?day=0001-01-01..9999-12-31",
        "/api/v1/cell?day=2026-11-20..2026-11-19",
        "/api/v1/cell?day=2016-01-01..2026-01-01",
        "/api/v1/cell?day=-4713-01-01..294276-12-31",
        "/api/v1/control?last_time=0001-01-01..9999-12-31",
        "/api/v1/cell?limit=0", "/api/v1/cell?limit=-1",
        "/api/v1/cell?limit=1000000000", "/api/v1/cell?limit=many",
        "/api/v1/cell?limit=1&limit=2", "/api/v1/cell?vantage_id=1",
        "/api/v1/cell?asn=9223372036854775808", "/api/v1/cell?domain=%00",
        "/api/v1/cell?domain=%ff%fe"}) {
    const Answer answer = scene_.Get(target);
    EXPECT_EQ(answer.status, 400) << target;
    EXPECT_EQ(answer.type, "application/problem+json");
  }
}

TEST_F(HostileTest, ForgedCursorsAreRefused) {
  const Json page = Json::parse(*scene_.Get("/api/v1/cell?limit=1").body);
  const std::string cursor = page.at("meta").at("next");
  EXPECT_EQ(scene_.Get("/api/v1/cell?limit=1&cursor=" + cursor).status, 200);
  for (std::size_t i = 0; i + 1 < cursor.size(); ++i) {
    std::string forged = cursor;
    forged[i] = forged[i] == '-' ? '_' : '-';
    EXPECT_EQ(scene_.Get("/api/v1/cell?limit=1&cursor=" + forged).status, 400);
  }
  for (const std::string& elsewhere :
       {"/api/v1/domain?limit=1&cursor=" + cursor,
        "/api/v1/cell?order=asc&cursor=" + cursor,
        "/api/v1/cell?country=CN&cursor=" + cursor}) {
    EXPECT_EQ(scene_.Get(elsewhere).status, 400) << elsewhere;
  }
}

TEST_F(HostileTest, OnlyReadingIsAnswered) {
  for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "OPTIONS",
                             "TRACE", "CONNECT", "get", ""}) {
    EXPECT_EQ(scene_.web().Respond({.method = method}).status, 405) << method;
  }
  EXPECT_EQ(scene_.web().Respond({.has_body = true}).status, 400);
}

// Spreadsheets get text, JSON gets the name itself.
TEST_F(HostileTest, HostileNamesComeBackWhole) {
  const std::string name = "=cmd|'/c calc'!a0.example";
  const std::string target =
      "/api/v1/domain?columns=domain&domain=" + Encoded(name);
  EXPECT_EQ(Json::parse(*scene_.Get(target).body).at("data")[0].at("domain"),
            name);
  EXPECT_EQ(*scene_.Get(target + "&format=csv").body,
            "domain\r\n'" + name + "\r\n");
}

}  // namespace
}  // namespace taster::serve
