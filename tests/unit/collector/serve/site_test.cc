// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/site.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>

namespace taster::serve {
namespace {

namespace fs = std::filesystem;

class SiteTest : public testing::Test {
 protected:
  SiteTest() {
    std::string path = fs::temp_directory_path() / "taster-site-XXXXXX";
    directory_ = mkdtemp(path.data());
    fs::create_directory(directory_ / "assets");
    Write("index.html",
          "<html data-root=\"@ROOT@\"><script src=\"@ROOT@assets/"
          "app-1.js\">");
    Write("assets/app-1.js", "let a = '@ROOT@';");
    fs::create_symlink("/etc/passwd", directory_ / "assets/link.txt");
  }
  ~SiteTest() override { fs::remove_all(directory_); }

  void Write(const char* name, const char* content) {
    std::ofstream(directory_ / name) << content;
  }

  fs::path directory_;
};

TEST_F(SiteTest, HoldsFilesAndNoLinks) {
  const auto site = Site::Load(directory_);
  ASSERT_TRUE(site.ok()) << site.status();
  const SiteFile* file = site->Find("/assets/app-1.js");
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(file->type, "text/javascript; charset=utf-8");
  EXPECT_EQ(file->content, "let a = '@ROOT@';");
  for (const char* path : {"/assets/link.txt", "/index.html", "/assets/",
                           "/assets/../index.html", "/etc/passwd"}) {
    EXPECT_EQ(site->Find(path), nullptr) << path;
  }
}

TEST_F(SiteTest, ShellKnowsTheWayToTheRoot) {
  const auto site = Site::Load(directory_);
  ASSERT_TRUE(site.ok());
  EXPECT_EQ(site->Shell("/network/CN/4134/"),
            "<html data-root=\"../../../\"><script "
            "src=\"../../../assets/app-1.js\">");
  EXPECT_EQ(WayToRoot("/"), "./");
  EXPECT_EQ(WayToRoot("/victims/"), "../");
  EXPECT_EQ(WayToRoot("/no/such"), "../");
  EXPECT_EQ(site->NotFoundShell("/x/y"), site->Shell("/x/y"));
}

TEST_F(SiteTest, WithoutIndexThereIsNone) {
  fs::remove(directory_ / "index.html");
  EXPECT_EQ(Site::Load(directory_).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_FALSE(Site::Load(directory_ / "none").ok());
}

TEST(PageUrlTest, EndsInASlash) {
  for (const char* path :
       {"/", "/domain/a.example/", "/network/CN/4134/", "/network/CN/",
        "/address/2001::1/", "/victims/", "/data/", "/method/", "/event/x/"}) {
    EXPECT_TRUE(IsPageUrl(path)) << path;
  }
  for (const char* path : {"/domain/a.example", "/victims", "/overview/",
                           "/latest/", "/search/ab/", "/domain/", "/x/", ""}) {
    EXPECT_FALSE(IsPageUrl(path)) << path;
  }
}

}  // namespace
}  // namespace taster::serve
