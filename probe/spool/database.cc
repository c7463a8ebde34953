// SPDX-License-Identifier: Apache-2.0
// Thin wrappers; every SQLite code becomes a Status in one place.
#include "probe/spool/database.h"

#include <cstdio>
#include <cstdlib>

namespace taster::spool {

absl::Status StatusOf(int sqlite_code, const char* what, sqlite3* connection) {
  if (sqlite_code == SQLITE_OK || sqlite_code == SQLITE_DONE ||
      sqlite_code == SQLITE_ROW) {
    return absl::OkStatus();
  }
  const int extended =
      connection ? sqlite3_extended_errcode(connection) : sqlite_code;
  if (extended == SQLITE_IOERR_FSYNC || extended == SQLITE_IOERR_DIR_FSYNC) {
    std::fputs("event=spool_fsync_failed\n", stderr);
    std::abort();
  }
  const std::string message =
      std::string(what) + ": " + sqlite3_errstr(sqlite_code);
  switch (sqlite_code & 0xff) {
    case SQLITE_FULL:
      return absl::ResourceExhaustedError(message);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return absl::DataLossError(message);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return absl::UnavailableError(message);
    case SQLITE_CONSTRAINT:
      return absl::AlreadyExistsError(message);
    default:
      return absl::InternalError(message);
  }
}

Statement::Statement(sqlite3* connection, const char* sql)
    : connection_(connection) {
  sqlite3_stmt* statement = nullptr;
  prepared_ = sqlite3_prepare_v2(connection, sql, -1, &statement, nullptr);
  statement_.reset(statement);
}

Statement& Statement::Bind(std::span<const std::uint8_t> blob) {
  // An empty span may have a null pointer, which would bind NULL.
  const void* data = blob.empty() ? static_cast<const void*>("") : blob.data();
  sqlite3_bind_blob64(statement_.get(), next_++, data, blob.size(),
                      SQLITE_STATIC);
  return *this;
}

Statement& Statement::Bind(std::string_view blob) {
  return Bind(std::span(reinterpret_cast<const std::uint8_t*>(blob.data()),
                        blob.size()));
}

Statement& Statement::BindText(std::string_view text) {
  sqlite3_bind_text64(statement_.get(), next_++, text.data(), text.size(),
                      SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}

Statement& Statement::Bind(std::uint64_t number) {
  sqlite3_bind_int64(statement_.get(), next_++,
                     static_cast<sqlite3_int64>(number));
  return *this;
}

absl::StatusOr<bool> Statement::Step() {
  if (prepared_ != SQLITE_OK)
    return StatusOf(prepared_, "prepare", connection_);
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return StatusOf(code, "step", connection_);
}

void Statement::Reset() {
  sqlite3_reset(statement_.get());
  next_ = 1;
}

absl::Status Statement::Run() { return Step().status(); }

std::span<const std::uint8_t> Statement::Blob(int column) const {
  const auto* data = static_cast<const std::uint8_t*>(
      sqlite3_column_blob(statement_.get(), column));
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return {data, data ? static_cast<std::size_t>(size) : 0};
}

std::uint64_t Statement::Number(int column) const {
  return static_cast<std::uint64_t>(
      sqlite3_column_int64(statement_.get(), column));
}

std::string Statement::Text(int column) const {
  const auto bytes = Blob(column);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

absl::StatusOr<Database> Database::Open(const std::filesystem::path& path,
                                        int flags) {
  // SQLite's NOFOLLOW looks at the whole path; only the file is our concern.
  std::error_code error;
  const auto directory = std::filesystem::canonical(path.parent_path(), error);
  if (error) return absl::NotFoundError("no such directory");
  sqlite3* connection = nullptr;
  const int code = sqlite3_open_v2(
      (directory / path.filename()).c_str(), &connection,
      flags | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_FULLMUTEX, nullptr);
  Database database(connection);
  if (code != SQLITE_OK) return StatusOf(code, "open", connection);
  sqlite3_extended_result_codes(connection, 1);
  sqlite3_busy_timeout(connection, 5000);
  return database;
}

absl::Status Database::Execute(const char* sql) {
  const int code =
      sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr);
  return StatusOf(code, "execute", connection_.get());
}

absl::StatusOr<std::uint64_t> Database::Number(const char* sql) {
  Statement statement = Prepare(sql);
  const auto row = statement.Step();
  if (!row.ok()) return row.status();
  if (!*row) return absl::DataLossError("a value is missing");
  return statement.Number(0);
}

absl::StatusOr<std::string> Database::Text(const char* sql) {
  Statement statement = Prepare(sql);
  const auto row = statement.Step();
  if (!row.ok()) return row.status();
  if (!*row) return absl::DataLossError("a value is missing");
  return statement.Text(0);
}

Transaction::Transaction(Database* database)
    : database_(database), begun_(database->Execute("BEGIN IMMEDIATE")) {
  open_ = begun_.ok();
}

Transaction::~Transaction() {
  if (open_ && sqlite3_get_autocommit(database_->get()) == 0) {
    database_->Execute("ROLLBACK").IgnoreError();
  }
}

absl::Status Transaction::Commit() {
  auto status = database_->Execute("COMMIT");
  if (status.ok()) open_ = false;
  return status;
}

}  // namespace taster::spool
