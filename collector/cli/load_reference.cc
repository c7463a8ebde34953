// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/load_reference.h"

#include <utility>
#include <vector>

#include "collector/reference/build_reference.h"
#include "collector/reference/prefix_file.h"
#include "collector/store/reference_store.h"

namespace taster::cli {

absl::StatusOr<judge::Reference> LoadReference(
    const std::string& connection, const std::filesystem::path& networks) {
  const auto rows = store::LoadReference(connection);
  if (!rows.ok()) return rows.status();
  std::vector<reference::PrefixRow> prefixes;
  if (!networks.empty()) {
    auto read = reference::ReadPrefixFile(networks);
    if (!read.ok()) return read.status();
    prefixes = *std::move(read);
  }
  return reference::BuildReference(*rows, std::move(prefixes));
}

}  // namespace taster::cli
