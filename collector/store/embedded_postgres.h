// SPDX-License-Identifier: Apache-2.0
// A private PostgreSQL in the collector's state directory, for whoever has
// configured no server.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace taster::store {

struct EmbeddedOptions {
  // Holds data and socket; created 0700 when missing. Owned by the caller's
  // user, which must not be root (PostgreSQL refuses root).
  std::filesystem::path state_dir;
  // "/usr/lib/postgresql/15/bin"; empty: looked for in Debian's places.
  std::filesystem::path bin_dir;
};

// Runs one server as a child process that listens on a Unix socket only. When
// the server dies, by whatever cause, it is started again.
class EmbeddedPostgres {
 public:
  // Makes the cluster at first use (about 1 s), starts the server, and returns
  // when it answers. Whatever a killed collector left running on the same
  // directory is stopped first. FailedPrecondition for root, a foreign owner,
  // a missing PostgreSQL or a second collector on the same state directory,
  // InvalidArgument for a path too long for a socket, each with what to do.
  static absl::StatusOr<std::unique_ptr<EmbeddedPostgres>> Start(
      const EmbeddedOptions& options);

  // Stops the server in order (fast shutdown) and waits for it.
  virtual ~EmbeddedPostgres() = default;

  // libpq connection string for one of the roles, e.g. "taster_ingest", on
  // database "taster". Nobody logs in as taster_owner: for it, the connection
  // is the superuser's, as Migrate wants it.
  virtual std::string Connection(std::string_view role) const = 0;
  // Times it was found dead and started again.
  virtual int restarts() const = 0;
};

// The connection string for a running embedded server's socket, for commands
// beside `serve` (report, explain, enroll). NotFound when none runs there.
absl::StatusOr<std::string> EmbeddedConnection(
    const std::filesystem::path& state_dir, std::string_view role);

}  // namespace taster::store
