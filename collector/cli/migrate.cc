// SPDX-License-Identifier: Apache-2.0
// `taster-collector migrate`: brings a server to this binary's schema.

#include "collector/store/migrate.h"

#include <cstdio>

#include "collector/cli/commands.h"
#include "collector/cli/exit_code.h"

namespace taster::cli {

int Migrate(const Settings& settings) {
  std::string connection = settings.database;
  if (connection.empty()) {
    const auto embedded = ConnectionFor(settings, "taster_owner");
    if (!embedded.ok()) return Fail(embedded.status());
    connection = *embedded;
  }
  const absl::Status migrated = store::Migrate(settings.schema_dir, connection);
  if (!migrated.ok()) return Fail(migrated);
  std::printf("schema is up to date\n");
  return kOk;
}

}  // namespace taster::cli
