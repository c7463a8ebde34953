// SPDX-License-Identifier: Apache-2.0
// Brings a database to the schema this binary needs, through sqitch.
#pragma once

#include <filesystem>
#include <string>

#include "absl/status/status.h"

namespace taster::store {

// Runs `sqitch deploy` of the project in `schema_dir` as the owner. What is
// deployed already is left alone. FailedPrecondition when sqitch is missing,
// with what to install; Internal with sqitch's last lines when a change fails
// (sqitch reverts it).
absl::Status Migrate(const std::filesystem::path& schema_dir,
                     const std::string& owner_connection);

// FailedPrecondition unless the database is exactly at the schema in
// `schema_dir`: says which change is missing or unknown.
absl::Status CheckSchema(const std::filesystem::path& schema_dir,
                         const std::string& connection);

}  // namespace taster::store
