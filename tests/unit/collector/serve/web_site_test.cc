// SPDX-License-Identifier: Apache-2.0
// Pages need no database: the shell stands while it is down.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>

#include "collector/serve/web.h"

namespace taster::serve {
namespace {

namespace fs = std::filesystem;

class WebSiteTest : public testing::Test {
 protected:
  WebSiteTest() {
    envelope::Initialise();
    std::string path = fs::temp_directory_path() / "taster-web-XXXXXX";
    directory_ = mkdtemp(path.data());
    fs::create_directory(directory_ / "assets");
    Write("index.html", "shell @ROOT@");
    Write("404.html", "none @ROOT@");
    Write("icon.svg", "<svg/>");
    Write("assets/app-1.js", "app");
    auto site = Site::Load(directory_);
    EXPECT_TRUE(site.ok()) << site.status();
    pool_ = std::make_unique<store::ReaderPool>(store::ReaderPoolOptions{
        .connection = "host=" + directory_.string() + " dbname=none"});
    web_ = std::make_unique<Web>(
        pool_.get(),
        WebOptions{.site = std::make_shared<const Site>(*std::move(site))});
  }
  ~WebSiteTest() override { fs::remove_all(directory_); }

  void Write(const char* name, const char* content) {
    std::ofstream(directory_ / name) << content;
  }
  Answer Get(const std::string& target) {
    return web_->Respond({.target = target});
  }

  fs::path directory_;
  std::unique_ptr<store::ReaderPool> pool_;
  std::unique_ptr<Web> web_;
};

TEST_F(WebSiteTest, ShellsKnowTheirWay) {
  EXPECT_EQ(*Get("/").body, "shell ./");
  EXPECT_EQ(*Get("/?lang=fa").body, "shell ./");
  EXPECT_EQ(*Get("/network/CN/4134/").body, "shell ../../../");
  EXPECT_EQ(*Get("/address/2001%3A%3A1/").body, "shell ../../");
  EXPECT_EQ(Get("/victims/").cache_control, "public, max-age=60");
}

TEST_F(WebSiteTest, AssetsAreKeptForEver) {
  const Answer asset = Get("/assets/app-1.js");
  EXPECT_EQ(*asset.body, "app");
  EXPECT_EQ(asset.type, "text/javascript; charset=utf-8");
  EXPECT_EQ(asset.cache_control, "public, max-age=31536000, immutable");
  EXPECT_EQ(Get("/icon.svg").cache_control, "public, max-age=60");
  const Answer again = web_->Respond(
      {.target = "/assets/app-1.js", .if_none_match = asset.etag});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, nullptr);
}

TEST_F(WebSiteTest, AddressesEndInASlash) {
  const Answer moved = Get("/domain/a.example?lang=fa");
  EXPECT_EQ(moved.status, 308);
  ASSERT_EQ(moved.headers.size(), 1u);
  EXPECT_EQ(moved.headers[0].second, "/domain/a.example/?lang=fa");
}

TEST_F(WebSiteTest, WhatIsNotThereIsAPage) {
  for (const char* path : {"/nothing", "/index.html", "/assets/", "/search/ab/",
                           "/domain/UPPER/", "/assets/../index.html"}) {
    const Answer answer = Get(path);
    EXPECT_EQ(answer.status, 404) << path;
  }
  EXPECT_EQ(*Get("/a/b").body, "none ../");
  EXPECT_EQ(Get("/a/b").type, "text/html; charset=utf-8");
}

TEST_F(WebSiteTest, DataWaitsForTheDatabase) {
  for (const char* path : {"/data/v1/latest.json", "/api/v1/cell", "/api/v1/",
                           "/feeds/events.atom", "/readyz"}) {
    EXPECT_EQ(Get(path).status, 503) << path;
  }
  EXPECT_EQ(Get("/healthz").status, 200);
}

}  // namespace
}  // namespace taster::serve
