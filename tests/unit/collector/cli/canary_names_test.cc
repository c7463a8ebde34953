// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/canary_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace taster::cli {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class CanaryNames : public testing::Test {
 protected:
  ~CanaryNames() override { fs::remove(path_); }
  absl::StatusOr<control::Canaries> Read(const std::string& text) {
    std::ofstream(path_) << text;
    return ReadCanaryNames(path_);
  }

  const fs::path path_ =
      fs::temp_directory_path() / ("canaries-" + std::to_string(::getpid()));
};

TEST_F(CanaryNames, AreNamesWithAllTheirAddresses) {
  const auto canaries = Read(
      "# of our own\n\nWWW.example.com 192.0.2.1 2001:db8::1\n"
      "b.example 192.0.2.2 # ours\r\n");
  ASSERT_TRUE(canaries.ok()) << canaries.status();
  EXPECT_EQ(canaries->size(), 2u);
  EXPECT_THAT(canaries->at("www.example.com."),
              ElementsAre(*net::IpAddress::Parse("192.0.2.1"),
                          *net::IpAddress::Parse("2001:db8::1")));
}

TEST_F(CanaryNames, WithoutAFileThereAreNone) {
  EXPECT_EQ(ReadCanaryNames("")->size(), 0u);
  EXPECT_TRUE(absl::IsNotFound(ReadCanaryNames("/nowhere/at/all").status()));
}

TEST_F(CanaryNames, MalformedLinesAreNamedByTheirNumber) {
  for (const char* line :
       {"a.example", "a.example nowhere", "a..example 192.0.2.1", ". 192.0.2.1",
        "a.example 192.0.2.1 x", "b.example 192.0.2.1"}) {
    const auto canaries =
        Read("b.example 192.0.2.9\n" + std::string(line) + "\n");
    EXPECT_TRUE(absl::IsInvalidArgument(canaries.status())) << line;
    EXPECT_THAT(std::string(canaries.status().message()), HasSubstr(":2: "));
  }
  std::string many;
  for (int i = 0; i < 101; ++i) {
    many += "n" + std::to_string(i) + ".example 192.0.2.1\n";
  }
  EXPECT_TRUE(absl::IsInvalidArgument(Read(many).status()));
}

}  // namespace
}  // namespace taster::cli
