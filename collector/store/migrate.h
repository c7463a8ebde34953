// SPDX-License-Identifier: Apache-2.0
// Brings a database to the schema this binary needs, through sqitch.
#pragma once

#include <filesystem>
#include <string>

#include "absl/status/status.h"

namespace taster::store {

// Runs `sqitch deploy` of the project in `schema_dir`, unless one query shows
// that there is nothing to deploy. `owner_connection` logs in as a superuser or
// a member of taster_owner (see schema/README.md), without a role option: the
// changes set the role themselves. FailedPrecondition when sqitch is missing,
// with what to install, or when a newer program made the schema; Unavailable
// when the database does not answer; Internal with sqitch's last lines when a
// change fails (that change and those after it are then not deployed).
absl::Status Migrate(const std::filesystem::path& schema_dir,
                     const std::string& owner_connection);

// FailedPrecondition unless the database is exactly at the schema in
// `schema_dir`: says which change is missing or unknown.
absl::Status CheckSchema(const std::filesystem::path& schema_dir,
                         const std::string& connection);

}  // namespace taster::store
