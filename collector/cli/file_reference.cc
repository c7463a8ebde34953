// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/file_reference.h"

#include <utility>

#include "collector/cli/load_reference.h"
#include "collector/reference/build_reference.h"
#include "collector/reference/seed_files.h"

namespace taster::cli {

absl::StatusOr<judge::Reference> ReferenceFromFiles(
    const std::filesystem::path& seeds, const std::filesystem::path& networks) {
  reference::SeedRows rows;
  if (!seeds.empty()) {
    auto read = reference::ReadSeedFiles(seeds);
    if (!read.ok()) return read.status();
    rows = *std::move(read);
  }
  auto built = reference::BuildReference(rows, {});
  if (!built.ok()) return built;
  const auto tables = LoadNetworks(networks);
  if (!tables.ok()) return tables.status();
  reference::AddNetworks(*tables, &*built);
  return built;
}

}  // namespace taster::cli
