// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/database.h"

#include <utility>

#include "collector/store/connection_string.h"
#include "collector/store/migrate.h"

namespace taster::cli {
namespace {

constexpr std::string_view kOwner = "taster_owner";
constexpr std::string_view kReader = "taster_ingest";

}  // namespace

absl::StatusOr<Database> Database::Open(const Settings& settings) {
  Database database;
  if (settings.database.empty()) {
    auto embedded = store::EmbeddedPostgres::Start(
        {.state_dir = settings.state_dir, .bin_dir = {}});
    if (!embedded.ok()) return embedded.status();
    database.embedded_ = *std::move(embedded);
    const absl::Status migrated = store::Migrate(
        settings.schema_dir, database.embedded_->Connection(kOwner));
    if (!migrated.ok()) return migrated;
    return database;
  }
  database.server_ = settings.database;
  const auto connection = database.Connection(kReader);
  if (!connection.ok()) return connection.status();
  const absl::Status checked =
      store::CheckSchema(settings.schema_dir, *connection);
  if (!checked.ok()) return checked;
  return database;
}

absl::StatusOr<std::string> Database::Connection(std::string_view role) const {
  if (embedded_ != nullptr) return embedded_->Connection(role);
  return store::WithRole(server_, role);
}

int Database::restarts() const {
  return embedded_ == nullptr ? 0 : embedded_->restarts();
}

}  // namespace taster::cli
