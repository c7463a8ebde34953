// SPDX-License-Identifier: Apache-2.0
#include "collector/offline/line_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

namespace taster::offline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class LineFileTest : public testing::Test {
 protected:
  LineFileTest() : path_(testing::TempDir() + "line_file_test") {}
  ~LineFileTest() override { std::filesystem::remove(path_); }

  void Write(const std::string& bytes) {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  void Compress(const std::string& bytes) {
    gzFile file = gzopen(path_.c_str(), "wb");
    gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
    gzclose(file);
  }
  // Lines until the end or an error.
  std::vector<std::string> Lines(absl::Status* status) {
    const auto source = OpenLines(path_, 1 << 20);
    EXPECT_TRUE(source.ok()) << source.status();
    std::vector<std::string> lines;
    std::string line;
    while (true) {
      const auto more = (*source)(&line);
      *status = more.status();
      if (!more.ok() || !*more) return lines;
      lines.push_back(line);
    }
  }

  std::string path_;
};

TEST_F(LineFileTest, PlainAndCompressedAreTheSame) {
  absl::Status status;
  Write("a\n\nlast");
  EXPECT_THAT(Lines(&status), ElementsAre("a", "", "last"));
  Compress("a\n\nlast\n");
  EXPECT_THAT(Lines(&status), ElementsAre("a", "", "last"));
  EXPECT_TRUE(status.ok());
}

TEST_F(LineFileTest, ACutFileIsAnErrorNotAnEnd) {
  std::string text;
  for (int i = 0; i < 100000; ++i) text += std::to_string(i * 7919) + "\n";
  Compress(text);
  std::filesystem::resize_file(path_, std::filesystem::file_size(path_) / 2);
  absl::Status status;
  Lines(&status);
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(status.message()), HasSubstr("ends too early"));
}

TEST_F(LineFileTest, ALineThatIsTooLongIsCutAndTheNextOneCounts) {
  Write("short\n" + std::string(10 << 20, 'x') + "\nnext\n");
  absl::Status status;
  const auto lines = Lines(&status);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[1].size(), (1U << 20) + 1);
  EXPECT_EQ(lines[2], "next");
  EXPECT_TRUE(status.ok());
}

TEST_F(LineFileTest, NoFile) {
  EXPECT_EQ(OpenLines(path_ + ".missing", 1 << 20).status().code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace taster::offline
