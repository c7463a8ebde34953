// SPDX-License-Identifier: Apache-2.0
// Where the embedded server keeps what, and whose it is.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "collector/store/embedded_postgres.h"

namespace taster::store {

struct EmbeddedLayout {
  std::filesystem::path state_dir;  // Absolute.
  std::filesystem::path data_dir;   // state_dir/postgres
  // This process's data_dir while it is being made.
  std::filesystem::path new_data_dir;
  std::filesystem::path socket_dir;  // state_dir/run
  std::filesystem::path lock_file;
  std::filesystem::path log_file;
  std::filesystem::path bin_dir;
  // The operating-system user; the server's superuser has the same name.
  std::string user;
};

// Finds everything, makes nothing. FailedPrecondition for root, for a user
// without a name and for missing programs; InvalidArgument for a path that a
// socket address or a connection string cannot hold.
absl::StatusOr<EmbeddedLayout> FindLayout(const EmbeddedOptions& options);

// Makes state_dir and socket_dir where missing. FailedPrecondition for a state
// directory that is not ours alone to write.
absl::Status PrepareDirectories(const EmbeddedLayout& layout);

// libpq connection string. "taster_owner" cannot log in: its connection is
// the superuser's, who may do all that migrations need.
std::string EmbeddedConnectionString(const EmbeddedLayout& layout,
                                     std::string_view database,
                                     std::string_view role);

}  // namespace taster::store
