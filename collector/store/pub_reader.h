// SPDX-License-Identifier: Apache-2.0
// One connection that reads the public views, as taster_reader.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "collector/store/text_table.h"

struct pg_conn;
struct pg_result;

namespace taster::store {

// $1, $2 ... of a statement, as text; nullopt: NULL. The statement casts each
// of them.
using Parameters = std::vector<std::optional<std::string>>;

// Not thread-safe. Every error begins with "read".
class PubReader {
 public:
  static absl::StatusOr<std::unique_ptr<PubReader>> Open(
      const std::string& connection, std::chrono::milliseconds timeout);
  ~PubReader();
  PubReader(const PubReader&) = delete;
  PubReader& operator=(const PubReader&) = delete;

  // One statement. DeadlineExceeded: it took longer than `timeout`;
  // InvalidArgument: a value that no cast takes; Unavailable: the same later.
  absl::StatusOr<TextTable> Read(const std::string& sql,
                                 const Parameters& parameters);
  // The same for statements that come again and again: planned once.
  absl::StatusOr<TextTable> ReadAgain(const std::string& sql,
                                      const Parameters& parameters);

  // All reads of `work` see one moment.
  absl::Status Snapshot(const std::function<absl::Status()>& work);

  // The connection is gone: only a new one helps.
  bool is_lost() const;

 private:
  explicit PubReader(pg_conn* connection) : connection_(connection) {}
  absl::Status Execute(const char* sql);
  absl::Status Failure(const pg_result* result) const;
  absl::StatusOr<TextTable> Take(pg_result* owned) const;

  pg_conn* connection_;
  std::unordered_map<std::string, std::string> prepared_;  // To its name.
};

}  // namespace taster::store
