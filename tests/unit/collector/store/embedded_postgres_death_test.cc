// SPDX-License-Identifier: Apache-2.0
// kill -9, of the server, of one of its sessions, and of the collector.
#include <libpq-fe.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <memory>
#include <thread>

#include "collector/store/child_process.h"
#include "collector/store/embedded_postgres.h"
#include "collector/store/embedded_postgres_stray.h"
#include "gtest/gtest.h"
#include "tests/unit/collector/store/embedded_scene.h"

namespace taster::store {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

class EmbeddedPostgresDeathTest : public EmbeddedScene {
 protected:
  EmbeddedOptions options() const {
    return {.state_dir = directory_, .bin_dir = {}};
  }
  pid_t Postmaster() const {
    pid_t postmaster = 0;
    std::ifstream(directory_ / "postgres/postmaster.pid") >> postmaster;
    return postmaster;
  }
  // A process that runs a server and waits; returns when the server answers.
  pid_t StartCollector() const {
    int ready[2];
    if (::pipe(ready) != 0) return -1;
    const pid_t collector = ::fork();
    if (collector == 0) {
      const auto server = EmbeddedPostgres::Start(options());
      if (!server.ok() || ::write(ready[1], "r", 1) != 1) ::_exit(1);
      while (true) ::pause();
    }
    ::close(ready[1]);
    char answer = 0;
    EXPECT_EQ(::read(ready[0], &answer, 1), 1);
    ::close(ready[0]);
    return collector;
  }
};

TEST_F(EmbeddedPostgresDeathTest, OfThePostmaster) {
  auto server = EmbeddedPostgres::Start(options());
  ASSERT_TRUE(server.ok()) << server.status();
  const std::string owner = (*server)->Connection("taster_owner");
  Ask(owner, "CREATE TABLE kept AS SELECT 17 AS value");
  for (int death = 1; death <= 3; ++death) {
    const auto before = steady_clock::now();
    ASSERT_EQ(::kill(Postmaster(), SIGKILL), 0);
    EXPECT_TRUE(Answers(owner, "SELECT value FROM kept", "17"));
    EXPECT_LE(steady_clock::now() - before, seconds(5));
    EXPECT_EQ((*server)->restarts(), death);
    // Whoever starts it asks as well whether it answers: killed before that, it
    // was never started, and the next start is the same one's.
    std::this_thread::sleep_for(seconds(1));
  }
}

TEST_F(EmbeddedPostgresDeathTest, OfThePostmasterWhileASessionIsBusy) {
  auto server = EmbeddedPostgres::Start(options());
  ASSERT_TRUE(server.ok()) << server.status();
  const std::string owner = (*server)->Connection("taster_owner");
  const std::unique_ptr<PGconn, decltype(&PQfinish)> session(
      PQconnectdb(owner.c_str()), PQfinish);
  // A query that never waits does not see that the postmaster is gone.
  ASSERT_EQ(PQsendQuery(session.get(),
                        "SELECT count(*) FROM generate_series(1, 1e9::bigint)"
                        " AS a, generate_series(1, 1000) AS b"),
            1);
  ASSERT_TRUE(Answers(owner,
                      "SELECT count(*) FROM pg_stat_activity"
                      " WHERE state = 'active' AND pid <> pg_backend_pid()",
                      "1"));
  ASSERT_EQ(::kill(Postmaster(), SIGKILL), 0);
  EXPECT_TRUE(Answers(owner, "SELECT 1", "1"));
  EXPECT_EQ((*server)->restarts(), 1);
}

TEST_F(EmbeddedPostgresDeathTest, OfASession) {
  auto server = EmbeddedPostgres::Start(options());
  ASSERT_TRUE(server.ok()) << server.status();
  const std::string owner = (*server)->Connection("taster_owner");
  const std::unique_ptr<PGconn, decltype(&PQfinish)> session(
      PQconnectdb(owner.c_str()), PQfinish);
  ASSERT_EQ(::kill(PQbackendPID(session.get()), SIGKILL), 0);
  EXPECT_TRUE(Answers(owner, "SELECT 1", "1"));
  // PostgreSQL heals this by itself.
  EXPECT_EQ((*server)->restarts(), 0);
}

TEST_F(EmbeddedPostgresDeathTest, OfTheCollector) {
  const pid_t collector = StartCollector();
  ASSERT_EQ(::kill(collector, SIGKILL), 0);
  ASSERT_EQ(::waitpid(collector, nullptr, 0), collector);
  const auto before = steady_clock::now();
  auto next = EmbeddedPostgres::Start(options());
  ASSERT_TRUE(next.ok()) << next.status();
  EXPECT_LE(steady_clock::now() - before, seconds(5));
  EXPECT_EQ(Ask((*next)->Connection("taster_owner"), "SELECT 1"), "1");
}

TEST_F(EmbeddedPostgresDeathTest, OfTheCollectorStopsTheServer) {
  const pid_t collector = StartCollector();
  ASSERT_EQ(::kill(collector, SIGKILL), 0);
  ASSERT_EQ(::waitpid(collector, nullptr, 0), collector);
  const auto deadline = steady_clock::now() + seconds(5);
  while (!ServerProcesses(directory_ / "postgres").empty()) {
    ASSERT_LE(steady_clock::now(), deadline);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

TEST_F(EmbeddedPostgresDeathTest, LeavesAServerThatIsTakenOver) {
  ASSERT_TRUE(EmbeddedPostgres::Start(options()).ok());
  // One that did not hear of its collector's death.
  const auto left =
      store::Run({"/usr/lib/postgresql/15/bin/pg_ctl", "start", "-w", "-D",
                  directory_ / "postgres", "-l", directory_ / "left.log", "-o",
                  "-k " + (directory_ / "run").string() + " -h ''"},
                 EnvironmentWithout({"PG"}));
  ASSERT_TRUE(left.ok()) << left.status();
  ASSERT_EQ(left->exit_code, 0) << left->output;
  const pid_t stranger = Postmaster();

  auto server = EmbeddedPostgres::Start(options());
  ASSERT_TRUE(server.ok()) << server.status();
  EXPECT_NE(Postmaster(), stranger);
  EXPECT_EQ(Ask((*server)->Connection("taster_owner"), "SELECT 1"), "1");
}

TEST_F(EmbeddedPostgresDeathTest, OfACollectorThatIsMakingTheCluster) {
  for (const int milliseconds : {50, 200, 400, 700}) {
    const pid_t collector = ::fork();
    if (collector == 0) {
      const auto server = EmbeddedPostgres::Start(options());
      ::_exit(0);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    ::kill(collector, SIGKILL);
    ASSERT_EQ(::waitpid(collector, nullptr, 0), collector);
  }
  auto server = EmbeddedPostgres::Start(options());
  ASSERT_TRUE(server.ok()) << server.status();
  EXPECT_EQ(Ask((*server)->Connection("taster_owner"), "SELECT 1"), "1");
}

}  // namespace
}  // namespace taster::store
