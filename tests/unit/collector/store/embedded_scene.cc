// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/collector/store/embedded_scene.h"

#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <thread>

#include "collector/store/embedded_postgres.h"

namespace taster::store {
namespace {

namespace fs = std::filesystem;

absl::Status answer_to_root = absl::UnknownError("not started by root");
fs::path top;  // Ours and our user's; holds everything.

// PostgreSQL refuses root, so a run by root goes on as somebody else, who may
// not be able to read the source tree.
void BecomeOrdinary() {
  if (::geteuid() != 0) return;
  answer_to_root =
      EmbeddedPostgres::Start({.state_dir = top / "root", .bin_dir = {}})
          .status();
  const passwd* user = ::getpwnam("postgres");
  if (user == nullptr) user = ::getpwnam("nobody");
  ASSERT_NE(user, nullptr);
  ASSERT_EQ(::chown(top.c_str(), user->pw_uid, user->pw_gid), 0);
  for (const auto& entry : fs::recursive_directory_iterator(top)) {
    ASSERT_EQ(::chown(entry.path().c_str(), user->pw_uid, user->pw_gid), 0);
  }
  ASSERT_EQ(::setgroups(0, nullptr), 0);
  ASSERT_EQ(::setgid(user->pw_gid), 0);
  ASSERT_EQ(::setuid(user->pw_uid), 0);
  ::setenv("HOME", top.c_str(), 1);
}

class OrdinaryUser : public testing::Environment {
 public:
  void SetUp() override {
    std::string path = fs::temp_directory_path() / "taster-embedded-XXXXXX";
    ASSERT_NE(::mkdtemp(path.data()), nullptr);
    top = path;
    fs::copy("schema", top / "schema", fs::copy_options::recursive);
    BecomeOrdinary();
  }
  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(top, ignored);
  }
};

const testing::Environment* const kOrdinaryUser =
    testing::AddGlobalTestEnvironment(new OrdinaryUser);

}  // namespace

const absl::Status& AnswerToRoot() { return answer_to_root; }

fs::path CopyOfSchema() {
  const fs::path copy =
      top / testing::UnitTest::GetInstance()->current_test_info()->name() /
      "schema";
  fs::create_directories(copy.parent_path());
  fs::copy(top / "schema", copy, fs::copy_options::recursive);
  return copy;
}

void EmbeddedScene::SetUp() {
  directory_ =
      top / testing::UnitTest::GetInstance()->current_test_info()->name();
  fs::create_directories(directory_);
  fs::permissions(directory_, fs::perms::owner_all);
}

void EmbeddedScene::TearDown() {
  std::error_code ignored;
  fs::remove_all(directory_, ignored);
}

std::string Ask(const std::string& connection, const char* sql) {
  const std::unique_ptr<PGconn, decltype(&PQfinish)> session(
      PQconnectdb(connection.c_str()), PQfinish);
  if (PQstatus(session.get()) != CONNECTION_OK) {
    return PQerrorMessage(session.get());
  }
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(
      PQexec(session.get(), sql), PQclear);
  if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) {
    return PQresultErrorMessage(result.get());
  }
  return PQntuples(result.get()) == 0 ? "" : PQgetvalue(result.get(), 0, 0);
}

bool Answers(const std::string& connection, const char* sql,
             std::string_view answer) {
  const auto deadline =
      std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (Ask(connection, sql) != answer) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

}  // namespace taster::store
