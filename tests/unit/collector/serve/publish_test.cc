// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/publish.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <iterator>

#include "tests/unit/collector/serve/pub_scene.h"

namespace taster::serve {
namespace {

namespace fs = std::filesystem;

class PublishTest : public testing::Test {
 protected:
  PublishTest() {
    std::string path = fs::temp_directory_path() / "taster-publish-XXXXXX";
    directory_ = mkdtemp(path.data());
    fs::create_directories(directory_ / "site/assets");
    Write("site/index.html", "<html data-root=\"@ROOT@\">");
    Write("site/assets/app-1.js", "1");
    auto site = Site::Load(directory_ / "site");
    edges_.pool = &scene_.pool();
    edges_.site = std::make_shared<const Site>(*std::move(site));
    out_ = directory_ / "out";
  }
  ~PublishTest() override { fs::remove_all(directory_); }

  void Write(const fs::path& path, const std::string& content) {
    std::ofstream(directory_ / path) << content;
  }
  std::string Read(const fs::path& path) {
    std::ifstream stream(out_ / path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  MirrorTally Published() {
    const auto tally = Publish(out_, edges_);
    EXPECT_TRUE(tally.ok()) << tally.status();
    return tally.ok() ? *tally : MirrorTally{};
  }

  PubScene scene_;
  PublishEdges edges_;
  fs::path directory_;
  fs::path out_;
};

// A mirror and the server hand out the same bytes.
TEST_F(PublishTest, FilesAreWhatTheServerAnswers) {
  EXPECT_GT(Published().written, 200u);
  for (const std::string& path :
       {std::string("data/v1/overview.json"),
        std::string("data/v1/domain/name1.example.json"),
        std::string("data/v1/domain/xn--bcher-kva.example.json"),
        std::string("data/v1/network/CN/4134.json"),
        std::string("data/v1/network/CN/0.json"),
        std::string("data/v1/network/CN.json"),
        std::string("data/v1/address/2001::1.json"),
        std::string("data/v1/search/x_.json"),
        "data/v1/evidence/" + SampleWitness() + ".json",
        std::string("feeds/events.atom"),
        std::string("feeds/domain/name1.example.json"),
        std::string("feeds/network/CN/4134.atom"),
        std::string("feeds/victim/8.7.198.45.atom")}) {
    EXPECT_EQ(Read(path), *scene_.Get("/" + path).body) << path;
  }
  EXPECT_EQ(Read("network/CN/4134/index.html"),
            "<html data-root=\"../../../\">");
  EXPECT_EQ(Read("index.html"), "<html data-root=\"./\">");
  EXPECT_EQ(Read("assets/app-1.js"), "1");
  EXPECT_TRUE(fs::exists(out_ / "export/2026-11-20/cell.csv.gz"));
}

TEST_F(PublishTest, SumsAreRight) {
  Published();
  const std::string check =
      "cd '" + (out_ / "export/2026-11-20").string() +
      "' && sha256sum --quiet -c SHA256SUMS && test $(zcat cell.csv.gz | wc "
      "-l) -gt $(zcat cell.jsonl.gz | wc -l) && zcat cell.jsonl.gz | python3 "
      "-c 'import json,sys; [json.loads(line) for line in sys.stdin]'";
  EXPECT_EQ(std::system(check.c_str()), 0);
}

TEST_F(PublishTest, WritesOnlyWhatChanged) {
  const MirrorTally first = Published();
  const MirrorTally second = Published();
  EXPECT_EQ(second.written, 0u);
  EXPECT_EQ(second.unchanged, first.written);
  scene_.postgres().Execute(
      "UPDATE taster.rolled_day SET roll_time = roll_time + interval '1 min';"
      "UPDATE taster.victim SET served = 'a school';"
      "DELETE FROM taster.event WHERE event_id = 'onset-59'");
  const MirrorTally third = Published();
  EXPECT_LT(third.written, 30u);
  EXPECT_EQ(third.removed, 2u);
  EXPECT_FALSE(fs::exists(out_ / "data/v1/event/onset-59.json"));
  EXPECT_FALSE(fs::exists(out_ / "event/onset-59"));
  EXPECT_NE(Read("data/v1/victims.json").find("a school"), std::string::npos);
}

TEST_F(PublishTest, LeavesStrangersDirectoriesAlone) {
  fs::create_directory(out_);
  std::ofstream(out_ / "letter.txt") << "dear";
  EXPECT_EQ(Publish(out_, edges_).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Read("letter.txt"), "dear");
}

TEST_F(PublishTest, ChecksTheFloor) {
  edges_.check_floor = true;
  EXPECT_TRUE(Publish(out_, edges_).ok());
  scene_.postgres().Execute("UPDATE taster.publication SET floor = 4");
  EXPECT_EQ(Publish(directory_ / "other", edges_).status().code(),
            absl::StatusCode::kPermissionDenied);
  scene_.postgres().Execute("UPDATE taster.publication SET floor = 5");
}

}  // namespace
}  // namespace taster::serve
