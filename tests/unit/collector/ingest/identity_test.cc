// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/identity.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace taster::ingest {
namespace {

namespace fs = std::filesystem;

class IdentityTest : public testing::Test {
 protected:
  void SetUp() override {
    envelope::Initialise();
    std::string pattern = (fs::temp_directory_path() / "idXXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    scratch_ = pattern;
    directory_ = scratch_ / "identity";
  }
  void TearDown() override { fs::remove_all(scratch_); }

  absl::StatusCode LoadCode() {
    return LoadOrMakeIdentity(directory_).status().code();
  }

  fs::path scratch_;
  fs::path directory_;
};

TEST_F(IdentityTest, IsMadeOnceAndThenKept) {
  const auto made = LoadOrMakeIdentity(directory_);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->pin.substr(0, 7), "sha256/");
  EXPECT_EQ(made->pin.size(), 7u + 44u);

  const auto again = LoadOrMakeIdentity(directory_);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->pin, made->pin);
  EXPECT_EQ(again->receipt_key.public_key(), made->receipt_key.public_key());
}

TEST_F(IdentityTest, TwoCollectorsDiffer) {
  const auto one = LoadOrMakeIdentity(directory_);
  const auto other = LoadOrMakeIdentity(scratch_ / "other");
  ASSERT_TRUE(one.ok() && other.ok());
  EXPECT_NE(one->pin, other->pin);
}

TEST_F(IdentityTest, NobodyElseCanRead) {
  ASSERT_TRUE(LoadOrMakeIdentity(directory_).ok());
  struct stat info {};
  ASSERT_EQ(::stat(directory_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700u);
  for (const auto& entry : fs::directory_iterator(directory_)) {
    ASSERT_EQ(::stat(entry.path().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u) << entry.path();
  }
}

TEST_F(IdentityTest, IsNeverReplacedSilently) {
  ASSERT_TRUE(LoadOrMakeIdentity(directory_).ok());
  fs::remove(directory_ / "receipt.seed");
  EXPECT_EQ(LoadCode(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(IdentityTest, RefusesFilesThatOthersCanRead) {
  ASSERT_TRUE(LoadOrMakeIdentity(directory_).ok());
  ASSERT_EQ(::chmod((directory_ / "tls.key").c_str(), 0644), 0);
  EXPECT_EQ(LoadCode(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(IdentityTest, RefusesAKeyOfAnotherCertificate) {
  ASSERT_TRUE(LoadOrMakeIdentity(directory_).ok());
  ASSERT_TRUE(LoadOrMakeIdentity(scratch_ / "other").ok());
  fs::copy_file(scratch_ / "other" / "tls.key", directory_ / "tls.key",
                fs::copy_options::overwrite_existing);
  EXPECT_EQ(LoadCode(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(IdentityTest, AnInterruptedFirstStartHeals) {
  fs::create_directory(scratch_ / "identity.new");
  std::ofstream(scratch_ / "identity.new" / "tls.key") << "half";
  EXPECT_TRUE(LoadOrMakeIdentity(directory_).ok());
}

}  // namespace
}  // namespace taster::ingest
