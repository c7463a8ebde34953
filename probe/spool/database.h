// SPDX-License-Identifier: Apache-2.0
// SQLite as values: a connection, a statement, a transaction. The only
// sqlite3 user in the tree together with its .cc file.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace taster::spool {

// ResourceExhausted for a full disk or database, DataLoss for corruption,
// Unavailable for a lock, Internal for the rest. A failed fsync ends the
// process: what the kernel then holds is unknown until it is read again.
absl::Status StatusOf(int sqlite_code, const char* what, sqlite3* connection);

// One prepared statement. Must not outlive its database.
class Statement {
 public:
  Statement(sqlite3* connection, const char* sql);

  // The span must stay valid until the statement was stepped to its end.
  Statement& Bind(std::span<const std::uint8_t> blob);
  Statement& Bind(std::string_view blob);
  Statement& BindText(std::string_view text);
  Statement& Bind(std::uint64_t number);

  // True when there is a row; columns are valid until the next call.
  absl::StatusOr<bool> Step();
  // Ready to be bound and stepped again.
  void Reset();
  // Steps to the end of a statement that gives no rows.
  absl::Status Run();

  std::span<const std::uint8_t> Blob(int column) const;
  std::uint64_t Number(int column) const;
  std::string Text(int column) const;

 private:
  struct Finalise {
    void operator()(sqlite3_stmt* statement) const {
      sqlite3_finalize(statement);
    }
  };

  sqlite3* connection_;
  int prepared_;  // SQLite's code from preparing.
  int next_ = 1;
  std::unique_ptr<sqlite3_stmt, Finalise> statement_;
};

class Database {
 public:
  // Opens the file itself, never what a symbolic link points at.
  // `flags` are those of sqlite3_open_v2.
  static absl::StatusOr<Database> Open(const std::filesystem::path& path,
                                       int flags);

  absl::Status Execute(const char* sql);
  Statement Prepare(const char* sql) { return {connection_.get(), sql}; }
  // The one number that `sql` gives; DataLoss when it gives none.
  absl::StatusOr<std::uint64_t> Number(const char* sql);
  absl::StatusOr<std::string> Text(const char* sql);
  int changes() const { return sqlite3_changes(connection_.get()); }
  sqlite3* get() const { return connection_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* connection) const { sqlite3_close(connection); }
  };
  explicit Database(sqlite3* connection) : connection_(connection) {}

  std::unique_ptr<sqlite3, Close> connection_;
};

// Rolls back unless committed.
class Transaction {
 public:
  explicit Transaction(Database* database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  absl::Status begun() const { return begun_; }
  // Durable when it returns OK.
  absl::Status Commit();

 private:
  Database* database_;
  absl::Status begun_;
  bool open_ = false;
};

}  // namespace taster::spool
