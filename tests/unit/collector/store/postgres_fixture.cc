// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/collector/store/postgres_fixture.h"

#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

#include "collector/store/migrate.h"

namespace taster::store {
namespace {

namespace fs = std::filesystem;

constexpr char kBin[] = "/usr/lib/postgresql/15/bin/";

[[noreturn]] void Die(const std::string& why) {
  std::fprintf(stderr, "private PostgreSQL: %s\n", why.c_str());
  std::_Exit(1);
}

// nullptr where the test runs as an ordinary user already.
const passwd* OtherUser() {
  if (geteuid() != 0) return nullptr;
  const passwd* user = getpwnam("postgres");
  return user != nullptr ? user : getpwnam("nobody");
}

// The child of a fork: becomes the program, and dies with its parent.
[[noreturn]] void Become(const std::vector<std::string>& command,
                         const fs::path& log, const passwd* user) {
  if (std::freopen(log.c_str(), "a", stdout) == nullptr ||
      dup2(fileno(stdout), STDERR_FILENO) < 0) {
    std::_Exit(126);
  }
  if (user != nullptr &&
      (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 ||
       setuid(user->pw_uid) != 0)) {
    std::_Exit(126);
  }
  prctl(PR_SET_PDEATHSIG, SIGQUIT);
  std::vector<char*> arguments;
  for (const std::string& word : command) {
    arguments.push_back(const_cast<char*>(word.c_str()));
  }
  arguments.push_back(nullptr);
  execv(arguments[0], arguments.data());
  std::_Exit(127);
}

// `user` nullptr: as this process.
pid_t Start(const std::vector<std::string>& command, const fs::path& log,
            const passwd* user) {
  const pid_t child = fork();
  if (child == 0) Become(command, log, user);
  return child;
}

void Run(const std::vector<std::string>& command, const fs::path& log,
         const passwd* user) {
  int status = 0;
  if (waitpid(Start(command, log, user), &status, 0) < 0 || status != 0) {
    std::ifstream said(log);
    std::stringstream text;
    text << said.rdbuf();
    Die(command[0] + " failed:\n" + text.str());
  }
}

fs::path MakeDirectory() {
  std::string path = fs::temp_directory_path() / "taster-test-XXXXXX";
  if (mkdtemp(path.data()) == nullptr) Die("mkdtemp failed");
  if (const passwd* user = OtherUser();
      user != nullptr && chown(path.c_str(), user->pw_uid, user->pw_gid) != 0) {
    Die("chown failed");
  }
  return path;
}

}  // namespace

TestPostgres& TestPostgres::Get() {
  static TestPostgres server;
  return server;
}

TestPostgres::TestPostgres() : directory_(MakeDirectory()) {
  const fs::path log = directory_ / "log";
  Run({std::string(kBin) + "initdb", "-D", directory_ / "data", "-U",
       "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
       "--no-instructions"},
      log, OtherUser());
  if (!Spawn()) Die("does not start; see " + log.string());
  Deploy();
}

TestPostgres::~TestPostgres() {
  superuser_ = nullptr;
  kill(postmaster_, SIGQUIT);
  waitpid(postmaster_, nullptr, 0);
  std::error_code ignored;
  fs::remove_all(directory_, ignored);
}

bool TestPostgres::Spawn() {
  postmaster_ =
      Start({std::string(kBin) + "postgres", "-D", directory_ / "data", "-k",
             directory_, "-h", "", "-c", "shared_buffers=64MB", "-c",
             "max_locks_per_transaction=512"},
            directory_ / "log", OtherUser());
  const std::string anywhere =
      "host=" + directory_.string() + " user=postgres dbname=postgres";
  while (waitpid(postmaster_, nullptr, WNOHANG) == 0) {
    if (Session::Open(anywhere, "SET lock_timeout = 0").ok()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(25));
  }
  return false;
}

void TestPostgres::Deploy() {
  const fs::path log = directory_ / "log";
  Run({std::string(kBin) + "createdb", "-h", directory_, "-U", "postgres",
       "taster"},
      log, nullptr);
  const absl::Status status = Migrate("schema", Connection("postgres"));
  if (!status.ok()) Die(std::string(status.message()));
}

std::string TestPostgres::Connection(std::string_view role) const {
  return "host=" + directory_.string() +
         " dbname=taster user=" + std::string(role);
}

Session& TestPostgres::superuser() {
  if (superuser_ == nullptr || superuser_->is_lost()) {
    auto session = Session::Open(Connection("postgres"), "SET jit = off");
    if (!session.ok()) Die(std::string(session.status().message()));
    superuser_ = *std::move(session);
  }
  return *superuser_;
}

std::int64_t TestPostgres::Number(const std::string& sql) {
  const absl::StatusOr<Rows> rows = superuser().Query(sql.c_str(), {});
  if (!rows.ok()) Die(std::string(rows.status().message()));
  if (rows->size() != 1) Die("not one row: " + sql);
  return rows->integer(0, 0);
}

void TestPostgres::Execute(const std::string& sql) {
  const absl::Status status = superuser().Execute(sql.c_str());
  if (!status.ok()) Die(std::string(status.message()));
}

void TestPostgres::Kill() {
  superuser_ = nullptr;
  kill(postmaster_, SIGKILL);
  waitpid(postmaster_, nullptr, 0);
}

void TestPostgres::Restart() {
  // Backends of the dead server notice its death by themselves and must be
  // gone first; until then a new one refuses to start.
  for (int tries = 0; tries < 40; ++tries) {
    if (Spawn()) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  Die("does not start again");
}

std::int64_t TestPostgres::NextVantage() { return ++last_vantage_; }

}  // namespace taster::store
