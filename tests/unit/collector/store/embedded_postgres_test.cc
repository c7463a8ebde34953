// SPDX-License-Identifier: Apache-2.0
// The embedded server as the collector meets it: first start, later starts,
// and what it refuses.
#include "collector/store/embedded_postgres.h"

#include <fstream>

#include "collector/store/embedded_postgres_layout.h"
#include "collector/store/embedded_postgres_stray.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/collector/store/embedded_scene.h"

namespace taster::store {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

using EmbeddedPostgresTest = EmbeddedScene;

std::string Message(const absl::Status& status) {
  return std::string(status.message());
}

TEST_F(EmbeddedPostgresTest, RefusesRoot) {
  if (absl::IsUnknown(AnswerToRoot())) GTEST_SKIP() << "not started by root";
  EXPECT_TRUE(absl::IsFailedPrecondition(AnswerToRoot()));
  EXPECT_THAT(Message(AnswerToRoot()), HasSubstr("root"));
}

TEST_F(EmbeddedPostgresTest, MakesAClusterThatPromisesDurability) {
  const fs::path state_dir = directory_ / "state";
  auto server =
      EmbeddedPostgres::Start({.state_dir = state_dir, .bin_dir = {}});
  ASSERT_TRUE(server.ok()) << server.status();
  const std::string owner = (*server)->Connection("taster_owner");
  EXPECT_EQ(Ask(owner, "SHOW data_checksums"), "on");
  EXPECT_EQ(Ask(owner, "SHOW fsync"), "on");
  EXPECT_EQ(Ask(owner, "SHOW full_page_writes"), "on");
  EXPECT_EQ(Ask(owner, "SHOW synchronous_commit"), "on");
  EXPECT_EQ(Ask(owner, "SHOW listen_addresses"), "");
  EXPECT_EQ(Ask(owner, "SHOW server_encoding"), "UTF8");
  EXPECT_EQ(Ask(owner, "SHOW lc_collate"), "C.UTF-8");
  EXPECT_EQ(Ask(owner, "SELECT usesuper FROM pg_user WHERE usename = user"),
            "t");
  for (const char* made : {"", "postgres", "run"}) {
    EXPECT_EQ(fs::status(state_dir / made).permissions(), fs::perms::owner_all)
        << made;
  }
}

TEST_F(EmbeddedPostgresTest, KeepsDataFromStartToStart) {
  const EmbeddedOptions options{.state_dir = directory_, .bin_dir = {}};
  {
    auto server = EmbeddedPostgres::Start(options);
    ASSERT_TRUE(server.ok()) << server.status();
    Ask((*server)->Connection("taster_owner"),
        "CREATE TABLE kept AS SELECT 17 AS value");
  }
  EXPECT_TRUE(ServerProcesses(directory_ / "postgres").empty());
  EXPECT_TRUE(absl::IsNotFound(EmbeddedConnection(directory_, "x").status()));

  auto server = EmbeddedPostgres::Start(options);
  ASSERT_TRUE(server.ok()) << server.status();
  EXPECT_EQ(
      Ask((*server)->Connection("taster_owner"), "SELECT value FROM kept"),
      "17");
  EXPECT_EQ((*server)->restarts(), 0);
  // As a command beside `serve` finds it.
  const auto found = EmbeddedConnection(directory_, "taster_owner");
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(*found, (*server)->Connection("taster_owner"));
}

TEST_F(EmbeddedPostgresTest, RefusesASecondCollector) {
  const EmbeddedOptions options{.state_dir = directory_, .bin_dir = {}};
  auto first = EmbeddedPostgres::Start(options);
  ASSERT_TRUE(first.ok()) << first.status();
  const auto second = EmbeddedPostgres::Start(options);
  EXPECT_TRUE(absl::IsFailedPrecondition(second.status()));
  EXPECT_THAT(Message(second.status()), HasSubstr("another collector"));
  EXPECT_EQ(Ask((*first)->Connection("taster_owner"), "SELECT 1"), "1");
}

TEST_F(EmbeddedPostgresTest, RefusesAPathTooLongForASocket) {
  const auto server = EmbeddedPostgres::Start(
      {.state_dir = directory_ / std::string(100, 'd'), .bin_dir = {}});
  EXPECT_TRUE(absl::IsInvalidArgument(server.status()));
  EXPECT_THAT(Message(server.status()), HasSubstr("too long"));
}

TEST_F(EmbeddedPostgresTest, RefusesAPathThatSplitsAList) {
  const auto server =
      EmbeddedPostgres::Start({.state_dir = directory_ / "a,b", .bin_dir = {}});
  EXPECT_TRUE(absl::IsInvalidArgument(server.status()));
}

TEST_F(EmbeddedPostgresTest, RefusesADirectoryThatOthersWrite) {
  fs::permissions(directory_, fs::perms::group_write, fs::perm_options::add);
  const auto server =
      EmbeddedPostgres::Start({.state_dir = directory_, .bin_dir = {}});
  EXPECT_TRUE(absl::IsFailedPrecondition(server.status()));
  EXPECT_THAT(Message(server.status()), HasSubstr("chmod"));
}

TEST_F(EmbeddedPostgresTest, RefusesAnotherUsersDirectory) {
  const auto server =
      EmbeddedPostgres::Start({.state_dir = "/", .bin_dir = {}});
  EXPECT_TRUE(absl::IsFailedPrecondition(server.status()));
}

TEST_F(EmbeddedPostgresTest, SaysWhatToInstall) {
  const auto server = EmbeddedPostgres::Start(
      {.state_dir = directory_, .bin_dir = directory_ / "nothing"});
  EXPECT_TRUE(absl::IsFailedPrecondition(server.status()));
  EXPECT_THAT(Message(server.status()), HasSubstr("apt install"));
}

TEST_F(EmbeddedPostgresTest, RefusesDataOfAnotherVersion) {
  fs::create_directory(directory_ / "postgres");
  std::ofstream(directory_ / "postgres/PG_VERSION") << "14\n";
  const auto server =
      EmbeddedPostgres::Start({.state_dir = directory_, .bin_dir = {}});
  EXPECT_TRUE(absl::IsFailedPrecondition(server.status()));
  EXPECT_THAT(Message(server.status()), HasSubstr("14"));
}

TEST_F(EmbeddedPostgresTest, ForgetsAClusterThatWasHalfMade) {
  const fs::path half = directory_ / "postgres.new.1";
  fs::create_directories(half / "base");
  std::ofstream(half / "PG_VERSION") << "15\n";
  auto server =
      EmbeddedPostgres::Start({.state_dir = directory_, .bin_dir = {}});
  ASSERT_TRUE(server.ok()) << server.status();
  EXPECT_FALSE(fs::exists(half));
}

TEST_F(EmbeddedPostgresTest, OverlooksALockFileWithAStrangersNumber) {
  const EmbeddedOptions options{.state_dir = directory_, .bin_dir = {}};
  ASSERT_TRUE(EmbeddedPostgres::Start(options).ok());
  // After a power cut the number may be anybody's: here, our own group's head.
  std::ofstream(directory_ / "postgres/postmaster.pid")
      << getppid() << '\n'
      << (directory_ / "postgres").string() << "\n0\n";
  const auto server = EmbeddedPostgres::Start(options);
  EXPECT_TRUE(server.ok()) << server.status();
}

}  // namespace
}  // namespace taster::store
