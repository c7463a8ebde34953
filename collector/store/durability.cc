// SPDX-License-Identifier: Apache-2.0
#include "collector/store/durability.h"

#include <string>

#include "fmt/format.h"

namespace taster::store {
namespace {

constexpr char kUnsafeSettings[] =
    "SELECT name, setting FROM pg_catalog.pg_settings"
    " WHERE name IN ('synchronous_commit', 'fsync', 'full_page_writes')"
    " AND setting NOT IN ('on', 'remote_apply') ORDER BY name";

}  // namespace

absl::Status CheckDurability(Session* session) {
  absl::StatusOr<Rows> rows = session->Query(kUnsafeSettings, {});
  if (!rows.ok()) return rows.status();
  if (rows->size() == 0) return absl::OkStatus();
  std::string unsafe;
  for (int i = 0; i < rows->size(); ++i) {
    unsafe += fmt::format(" {}={}", rows->bytes(i, 0), rows->bytes(i, 1));
  }
  return absl::FailedPreconditionError(fmt::format(
      "the database may lose what it has committed; set to on:{}", unsafe));
}

}  // namespace taster::store
