// SPDX-License-Identifier: Apache-2.0
// Every view and every page, of a real database.
#include "collector/serve/web.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "collector/serve/page.h"
#include "collector/serve/page_columns.h"
#include "collector/serve/views.h"
#include "tests/unit/collector/serve/pub_scene.h"

namespace taster::serve {
namespace {

using Json = nlohmann::json;

class WebTest : public testing::Test {
 protected:
  Json Data(const std::string& target, int status = 200) {
    const Answer answer = scene_.Get(target);
    EXPECT_EQ(answer.status, status) << target << " " << *answer.body;
    return Json::parse(*answer.body);
  }

  PubScene scene_;
};

TEST_F(WebTest, EveryViewAnswers) {
  std::set<std::string> offered;
  const Json views = Data("/api/v1/").at("views");
  for (const Json& view : views) {
    const std::string name = view.at("name");
    offered.insert(name);
    EXPECT_FALSE(view.at("comment").get<std::string>().empty()) << name;
    const Json page = Data("/api/v1/" + name + "?limit=7");
    EXPECT_GT(page.at("data").size(), 0u) << name;
    const Json& meta = page.at("meta");
    EXPECT_EQ(meta.at("view"), name);
    EXPECT_EQ(meta.at("count"), page.at("data").size());
    EXPECT_EQ(meta.at("period").size(), 2u);
    EXPECT_TRUE(meta.at("probes").is_number()) << name;
    EXPECT_EQ(meta.at("floor"), 5);
    EXPECT_EQ(meta.at("licence"), "CC-BY-4.0");
    for (const char* member : {"ruleset", "update_time", "citation"}) {
      EXPECT_TRUE(meta.at(member).is_string()) << name << " " << member;
    }
  }
  for (const ViewKey& key : ViewKeys()) {
    EXPECT_TRUE(offered.contains(std::string(key.view))) << key.view;
  }
}

TEST_F(WebTest, EveryPageAnswers) {
  const std::string pages[] = {"overview",
                               "domain/name1.example",
                               "domain/xn--bcher-kva.example",
                               "network/CN/4134",
                               "network/CN/0",
                               "network/CN",
                               "address/8.7.198.45",
                               "address/2001::1",
                               "injector/gfw-3",
                               "event/onset-1",
                               "evidence/" + SampleWitness(),
                               "victims",
                               "injectors",
                               "networks",
                               "controls",
                               "coverage",
                               "events",
                               "search/na",
                               "search/x_",
                               "search/__",
                               "latest",
                               "method"};
  std::set<std::string_view> kinds;
  for (const std::string& page : pages) {
    const auto name = ParsePageName(page);
    ASSERT_TRUE(name.has_value()) << page;
    kinds.insert(name->kind->name);
    const Json document = Data("/data/v1/" + page + ".json");
    EXPECT_EQ(document.at("meta").at("page"), name->kind->name);
    EXPECT_EQ(document.at("meta").at("key"), name->Key());
    const Json& sections = document.at("sections");
    EXPECT_EQ(sections.size(), name->kind->sections.size());
    for (const Section& section : name->kind->sections) {
      const Json& found = sections.at(std::string(section.name));
      EXPECT_GT(found.at("columns").size(), 0u) << page << section.name;
      for (const Json& row : found.at("rows")) {
        EXPECT_EQ(row.size(), found.at("columns").size());
      }
    }
  }
  for (const PageKind& kind : PageKinds()) {
    EXPECT_TRUE(kinds.contains(kind.name)) << kind.name;
  }
}

// Of the richest page of each kind, no section is empty.
TEST_F(WebTest, SectionsHaveRows) {
  for (const char* page :
       {"overview", "domain/name1.example", "network/CN/4134", "network/CN",
        "address/8.7.198.45", "injector/gfw-3", "event/onset-1", "victims",
        "injectors", "networks", "controls", "coverage", "events", "search/na",
        "latest", "method"}) {
    const Json document = Data("/data/v1/" + std::string(page) + ".json");
    for (const auto& [name, section] : document.at("sections").items()) {
      EXPECT_GT(section.at("rows").size(), 0u) << page << " " << name;
    }
  }
  const Json evidence = Data("/data/v1/evidence/" + SampleWitness() + ".json");
  EXPECT_EQ(evidence.at("sections").at("replies").at("rows").size(), 2u);
  EXPECT_GT(evidence.at("sections").at("rules").at("rows").size(), 20u);
}

// What pages show as it is, is as the views have it.
TEST_F(WebTest, PageColumnsAreThoseOfTheViews) {
  std::map<std::string, std::string> columns;
  const Json views = Data("/api/v1/").at("views");
  for (const Json& view : views) {
    std::string& text = columns[view.at("name").get<std::string>()];
    for (const Json& column : view.at("columns")) {
      text += (text.empty() ? "" : " ") + column.at("name").get<std::string>();
    }
  }
  for (const ViewColumns& view : PageColumns()) {
    EXPECT_EQ(columns[std::string(view.view)], view.columns) << view.view;
  }
}

// The description of the interface is a valid one, and answers are as it says.
TEST_F(WebTest, AnswersAreAsDescribed) {
  std::string path = std::filesystem::temp_directory_path() / "openapi-XXXXXX";
  ASSERT_NE(mkdtemp(path.data()), nullptr);
  const std::filesystem::path directory(path);
  const auto write = [&](const std::string& name, const std::string& target) {
    std::ofstream(directory / (name + ".json")) << *scene_.Get(target).body;
  };
  write("openapi", "/api/v1/openapi.json");
  const Json views = Data("/api/v1/").at("views");
  for (const Json& view : views) {
    const std::string name = view.at("name");
    write("view_" + name, "/api/v1/" + name + "?limit=20");
  }
  const std::string check =
      "python3 tests/unit/collector/serve/openapi_check.py " + path;
  EXPECT_EQ(std::system(check.c_str()), 0);
  std::filesystem::remove_all(directory);
}

TEST_F(WebTest, UnknownPagesAreProblems) {
  for (const char* path :
       {"/data/v1/domain/never.example.json", "/data/v1/network/XX/1.json",
        "/data/v1/address/192.0.2.99.json", "/data/v1/event/none.json",
        "/data/v1/domain/UPPER.example.json", "/data/v1/network/CN/04134.json",
        "/data/v1/address/2001:0::1.json", "/data/v1/domain/.json",
        "/data/v1/overview/x.json", "/data/v1/latest", "/feeds/none.atom",
        "/data/v1/injector/nobody.json", "/api/v1/pg_class", "/nothing"}) {
    const Json problem = Data(path, 404);
    EXPECT_EQ(problem.at("status"), 404) << path;
    EXPECT_TRUE(problem.at("type").is_string());
  }
}

// The same rows in the same order whether in pages of 7 or at once.
TEST_F(WebTest, PagesOfAViewMakeTheWhole) {
  for (const char* question :
       {"cell?day=2026-11-19..2026-11-20", "cell?domain=name3.example", "hop?",
        "domain?", "evidence_reply?", "forged_address?", "race?",
        "cell?domain=name3.example&order=asc", "vocabulary?kind=class",
        "network?", "domain_truth?", "transport_day?day=2026-11-20"}) {
    const std::string base = "/api/v1/" + std::string(question);
    const Json whole = Data(base + "&limit=1000");
    Json parts = Json::array();
    std::string cursor;
    do {
      const Json page =
          Data(base + "&limit=7" + (cursor.empty() ? "" : "&cursor=" + cursor));
      for (const Json& row : page.at("data")) parts.push_back(row);
      const Json& next = page.at("meta").at("next");
      cursor = next.is_null() ? "" : next.get<std::string>();
    } while (!cursor.empty() && parts.size() < 2000);
    if (whole.at("meta").at("next").is_null()) {
      EXPECT_EQ(parts, whole.at("data")) << question;
    }
  }
}

TEST_F(WebTest, FiltersChooseRows) {
  const auto count = [&](const std::string& question) {
    return Data("/api/v1/" + question).at("data").size();
  };
  EXPECT_EQ(count("cell?domain=name1.example&day=2026-11-20&limit=9"), 5u);
  EXPECT_EQ(count("cell?domain=NAME1.example.&day=2026-11-20"), 5u);
  EXPECT_EQ(count("domain?domain=b%C3%BCcher.example"), 1u);
  EXPECT_EQ(count("cell?domain=name1.example,name2.example&day=2026-11-20"),
            10u);
  EXPECT_EQ(count("cell?domain=name1.example&day=2026-11-20&country=null"), 1u);
  EXPECT_EQ(count("forged_address?address=8.0.0.0/8"), 1u);
  EXPECT_EQ(count("forged_address?address=8.7.198.45,2001::/16"), 2u);
  EXPECT_EQ(count("forged_address?pools=gfw-main-a"), 3u);
  EXPECT_EQ(count("forged_address?pools=none"), 0u);
  EXPECT_EQ(count("forged_address?is_reserved=true"), 2u);
  EXPECT_EQ(count("control?last_time=2026-11-20..2026-11-20"), 1u);
  EXPECT_EQ(count("control?last_time=2026-11-20T23:00:00Z"), 1u);
  EXPECT_EQ(count("control?answers=900..1100"), 1u);
  EXPECT_EQ(count("cell?agreement=0.95..1"), 0u);
  EXPECT_EQ(count("evidence_reply?addresses=8.8.8.8"), 0u);
}

}  // namespace
}  // namespace taster::serve
