// SPDX-License-Identifier: Apache-2.0
// One libpq connection in binary format, for the paths where text would cost
// too much: bulk writing.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "collector/store/copy_encoder.h"

struct pg_conn;
struct pg_result;

namespace taster::store {

// A parameter that stands for a whole column: unnest($1) gives its values.
class ArrayParameter {
 public:
  explicit ArrayParameter(TypeId element) : element_(element) {}

  // Append exactly one value after each call. They are framed as the fields of
  // a row are.
  CopyEncoder& Next() {
    ++count_;
    return values_;
  }

  std::int32_t count() const { return count_; }
  TypeId element() const { return element_; }
  // InvalidArgument when a value could not be encoded.
  const absl::Status& status() const { return values_.status(); }
  // The array's binary format.
  std::string Encode() const;

 private:
  TypeId element_;
  std::int32_t count_ = 0;
  CopyEncoder values_;
};

// What a query returned, in binary format. Move-only.
class Rows {
 public:
  explicit Rows(pg_result* result) : result_(result) {}

  int size() const;
  bool is_null(int row, int column) const;
  // Valid as long as this object.
  std::string_view bytes(int row, int column) const;
  // REQUIRES: an int2, int4 or int8 that is not NULL.
  std::int64_t integer(int row, int column) const;
  // REQUIRES: a date, that is not NULL.
  std::chrono::sys_days date(int row, int column) const;

 private:
  struct Clear {
    void operator()(pg_result* result) const;
  };
  std::unique_ptr<pg_result, Clear> result_;
};

// Not thread-safe. Every error begins with what was attempted.
class Session {
 public:
  // `settings` are SET statements that hold for the whole session.
  static absl::StatusOr<std::unique_ptr<Session>> Open(
      const std::string& connection, const char* settings);
  ~Session();

  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Statements without parameters or results.
  absl::Status Execute(const char* sql);
  absl::StatusOr<Rows> Query(const char* sql,
                             std::span<const ArrayParameter> parameters);
  // Rows as CopyEncoder makes them, in chunks that need not end with a row.
  // `copy` is a COPY ... FROM STDIN (FORMAT binary).
  absl::Status CopyIn(const char* copy,
                      std::span<const std::string_view> chunks);
  // Calls `take` for each message of a COPY ... TO STDOUT (FORMAT binary), as
  // CopyDecoder reads them; a message holds one row. What `take` returns other
  // than OK ends the copy and is returned.
  absl::Status CopyOut(
      const char* copy,
      const std::function<absl::Status(std::string_view)>& take);
  // Unknown unless the server said clearly that it committed or that it did
  // not.
  absl::Status Commit();
  // Ends the transaction, if there is one, without a trace. What fails here
  // has rolled back too.
  void Rollback();

  // The connection is gone: only a new session helps.
  bool is_lost() const;

 private:
  explicit Session(pg_conn* connection) : connection_(connection) {}
  void Cancel();
  absl::Status Failure(std::string_view doing, const pg_result* result) const;

  pg_conn* connection_;
};

}  // namespace taster::store
