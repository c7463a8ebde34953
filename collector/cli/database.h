// SPDX-License-Identifier: Apache-2.0
// The database that `serve` works on: the embedded one, or a server.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "collector/cli/settings.h"
#include "collector/store/embedded_postgres.h"

namespace taster::cli {

// Open from construction to destruction; the embedded server runs as long.
class Database {
 public:
  // Embedded: starts it and brings it to this binary's schema. A server: only
  // checks its schema (FailedPrecondition says to run `migrate`).
  static absl::StatusOr<Database> Open(const Settings& settings);

  // For one of the roles, such as "taster_ingest".
  absl::StatusOr<std::string> Connection(std::string_view role) const;

  // Of the embedded server; 0 for a server of others.
  int restarts() const;

 private:
  std::unique_ptr<store::EmbeddedPostgres> embedded_;  // Null: a server.
  std::string server_;
};

}  // namespace taster::cli
