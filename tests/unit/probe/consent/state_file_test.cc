// SPDX-License-Identifier: Apache-2.0
// Files that others could have planted are not believed.
#include "probe/consent/state_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/probe/scratch_directory.h"

namespace taster::consent {
namespace {

TEST(StateFile, RoundTripAndReplace) {
  const ScratchDirectory scratch;
  const auto path = scratch.path() / "secret";
  ASSERT_TRUE(WriteStateFile(path, "one").ok());
  ASSERT_TRUE(WriteStateFile(path, "two").ok());
  EXPECT_EQ(ReadStateFile(path, 3).value(), "two");
  EXPECT_FALSE(ReadStateFile(path, 2).ok());
  EXPECT_FALSE(std::filesystem::exists(scratch.path() / "secret.new"));
}

TEST(StateFile, AbsentIsNotFound) {
  const ScratchDirectory scratch;
  EXPECT_TRUE(
      absl::IsNotFound(ReadStateFile(scratch.path() / "none", 10).status()));
}

TEST(StateFile, LinksOpenModesAndFifosAreRefused) {
  const ScratchDirectory scratch;
  const auto path = scratch.path() / "file";
  ASSERT_TRUE(WriteStateFile(path, "x").ok());
  ASSERT_EQ(::symlink(path.c_str(), (scratch.path() / "link").c_str()), 0);
  EXPECT_FALSE(ReadStateFile(scratch.path() / "link", 10).ok());
  ASSERT_EQ(::mkfifo((scratch.path() / "fifo").c_str(), 0600), 0);
  EXPECT_FALSE(ReadStateFile(scratch.path() / "fifo", 10).ok());
  EXPECT_FALSE(ReadStateFile(scratch.path(), 10).ok());
  ASSERT_EQ(::chmod(path.c_str(), 0640), 0);
  EXPECT_FALSE(ReadStateFile(path, 10).ok());
  ASSERT_EQ(::chmod(path.c_str(), 0600), 0);
  ASSERT_EQ(::link(path.c_str(), (scratch.path() / "twin").c_str()), 0);
  EXPECT_FALSE(ReadStateFile(path, 10).ok());
}

TEST(StateFile, TemporaryLeftByACrashIsNoObstacle) {
  const ScratchDirectory scratch;
  const auto path = scratch.path() / "file";
  ASSERT_EQ(::symlink("/dev/null", (path.string() + ".new").c_str()), 0);
  ASSERT_TRUE(WriteStateFile(path, "kept").ok());
  EXPECT_EQ(ReadStateFile(path, 10).value(), "kept");
}

TEST(StateDirectory, WritableByOthersIsRefused) {
  const ScratchDirectory scratch;
  EXPECT_TRUE(CheckStateDirectory(scratch.path()).ok());
  for (const mode_t mode : {0777, 0770, 01777}) {
    ASSERT_EQ(::chmod(scratch.path().c_str(), mode), 0);
    EXPECT_FALSE(CheckStateDirectory(scratch.path()).ok());
  }
}

TEST(StateDirectory, LinkFileAndForeignOwnerAreRefused) {
  const ScratchDirectory scratch;
  const auto link = scratch.path() / "link";
  ASSERT_EQ(::symlink("/", link.c_str()), 0);
  EXPECT_FALSE(CheckStateDirectory(link).ok());
  ASSERT_TRUE(WriteStateFile(scratch.path() / "file", "").ok());
  EXPECT_FALSE(CheckStateDirectory(scratch.path() / "file").ok());
  const auto theirs = scratch.path() / "theirs";
  ASSERT_EQ(::mkdir(theirs.c_str(), 0700), 0);
  if (::chown(theirs.c_str(), 65534, 65534) != 0) {
    GTEST_SKIP() << "only root can give a directory away";
  }
  EXPECT_FALSE(CheckStateDirectory(theirs).ok());
}

TEST(StateDirectory, IsCreatedPrivateAndClosedToReaders) {
  const ScratchDirectory scratch;
  const auto path = scratch.path() / "state";
  EXPECT_TRUE(absl::IsNotFound(CheckStateDirectory(path)));
  ASSERT_TRUE(PrepareStateDirectory(path).ok());
  ASSERT_EQ(::chmod(path.c_str(), 0755), 0);
  ASSERT_TRUE(PrepareStateDirectory(path).ok());
  struct stat info {};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700u);
  EXPECT_FALSE(PrepareStateDirectory(scratch.path() / "a" / "b").ok());
}

}  // namespace
}  // namespace taster::consent
