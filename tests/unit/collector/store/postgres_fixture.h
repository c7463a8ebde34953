// SPDX-License-Identifier: Apache-2.0
// A private PostgreSQL with the project's schema, for tests that need a real
// one: started when first asked for, gone with the test program.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "collector/store/session.h"

namespace taster::store {

// Runs under an unprivileged user where the test itself is root, which
// PostgreSQL refuses. Any failure to start ends the test program with the
// reason on stderr.
class TestPostgres {
 public:
  // The program's one server, with schema deployed.
  static TestPostgres& Get();

  TestPostgres();
  ~TestPostgres();

  // Connection string for a role, on database "taster"; "postgres" is the
  // superuser.
  std::string Connection(std::string_view role) const;

  // The single number a query of the superuser gives, as int8.
  std::int64_t Number(const std::string& sql);
  // A statement of the superuser.
  void Execute(const std::string& sql);

  // kill -9 of the postmaster; returns when all of it is gone.
  void Kill();
  // Starts the server again on the same data.
  void Restart();

  // Ids that no other test of this program has used and nobody was enrolled
  // under.
  std::int64_t NextVantage();

 private:
  // False when the server ended at once.
  bool Spawn();
  void Deploy();
  Session& superuser();

  std::filesystem::path directory_;
  pid_t postmaster_ = -1;
  std::unique_ptr<Session> superuser_;
  std::int64_t last_vantage_ = 1'000'000;
};

}  // namespace taster::store
