// SPDX-License-Identifier: Apache-2.0
// Migration of an embedded server by the real sqitch.
#include "collector/store/migrate.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "collector/store/embedded_postgres.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/collector/store/embedded_scene.h"

namespace taster::store {
namespace {

namespace fs = std::filesystem;
using std::chrono::duration;
using std::chrono::steady_clock;
using testing::HasSubstr;

constexpr char kChange[] =
    "later [roles] 2030-01-01T00:00:00Z Taster <t@taster.example> # Later\n";

class MigrateTest : public EmbeddedScene {
 protected:
  // A change whose deployment runs `sql`.
  static void AddChange(const fs::path& schema, const std::string& sql) {
    std::ofstream(schema / "sqitch.plan", std::ios::app) << kChange;
    for (const char* script : {"deploy", "revert", "verify"}) {
      std::ofstream(schema / script / "later.sql") << sql;
    }
  }
};

// One walk through a database's life, since every first start costs seconds.
TEST_F(MigrateTest, FollowsADatabaseThroughItsLife) {
  const fs::path schema = CopyOfSchema();
  const fs::path state = directory_ / "state";
  const auto cold = steady_clock::now();
  auto server = EmbeddedPostgres::Start({.state_dir = state, .bin_dir = {}});
  ASSERT_TRUE(server.ok()) << server.status();
  const std::string owner = (*server)->Connection("taster_owner");

  EXPECT_THAT(std::string(CheckSchema(schema, owner).message()),
              HasSubstr("roles"));
  ASSERT_EQ(Migrate(schema, owner), absl::OkStatus());
  std::printf("first start with migration: %.2f s\n",
              duration<double>(steady_clock::now() - cold).count());

  // Every role can log in, and sees whether the schema is its own.
  for (const char* role : {"taster_ingest", "taster_judge", "taster_enroll",
                           "taster_reader", "taster_analyst"}) {
    EXPECT_EQ(Ask((*server)->Connection(role), "SELECT current_user"), role);
    EXPECT_EQ(CheckSchema(schema, (*server)->Connection(role)),
              absl::OkStatus())
        << role;
  }
  EXPECT_EQ(
      Ask((*server)->Connection("taster_reader"), "SHOW statement_timeout"),
      "10s");
  EXPECT_THAT(Ask((*server)->Connection("nobody_of_ours"), "SELECT 1"),
              HasSubstr("nobody_of_ours"));

  *server = nullptr;
  // As a program left it that did not know today's roles.
  std::ofstream(state / "postgres" / "pg_ident.conf", std::ios::trunc);
  const auto warm = steady_clock::now();
  server = EmbeddedPostgres::Start({.state_dir = state, .bin_dir = {}});
  ASSERT_TRUE(server.ok()) << server.status();
  ASSERT_EQ(Migrate(schema, owner), absl::OkStatus());
  EXPECT_EQ(
      Ask((*server)->Connection("taster_ingest"), "SELECT taster.maintain()"),
      "0");
  std::printf("later start with migration and upkeep: %.2f s\n",
              duration<double>(steady_clock::now() - warm).count());

  // A newer program's schema.
  const fs::path newer = directory_ / "newer";
  fs::copy(schema, newer, fs::copy_options::recursive);
  AddChange(newer, "SELECT 1;\n");
  EXPECT_THAT(std::string(CheckSchema(newer, owner).message()),
              HasSubstr("lacks schema change \"later\""));

  // A change that fails leaves nothing.
  const fs::path broken = directory_ / "broken";
  fs::copy(schema, broken, fs::copy_options::recursive);
  AddChange(broken, "SELECT 1 / 0;\n");
  const absl::Status failed = Migrate(broken, owner);
  EXPECT_TRUE(absl::IsInternal(failed)) << failed;
  EXPECT_THAT(std::string(failed.message()), HasSubstr("division by zero"));
  EXPECT_EQ(CheckSchema(schema, owner), absl::OkStatus());

  // Without sqitch, deployed schemas still do.
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", "/nowhere", 1);
  EXPECT_EQ(Migrate(schema, owner), absl::OkStatus());
  EXPECT_THAT(std::string(Migrate(newer, owner).message()),
              HasSubstr("apt install sqitch"));
  ::setenv("PATH", path.c_str(), 1);

  ASSERT_EQ(Migrate(newer, owner), absl::OkStatus());
  for (const absl::Status& status :
       {CheckSchema(schema, owner), Migrate(schema, owner)}) {
    EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr("newer version"));
  }
}

TEST_F(MigrateTest, SaysWhenNoDatabaseAnswers) {
  const fs::path schema = CopyOfSchema();
  EXPECT_TRUE(absl::IsUnavailable(
      Migrate(schema, "host='" + directory_.string() + "' dbname=taster")));
}

}  // namespace
}  // namespace taster::store
