// SPDX-License-Identifier: Apache-2.0
// The reference that the judge works with, from the database's tables and the
// operator's prefix table.
#pragma once

#include <filesystem>
#include <string>

#include "absl/status/statusor.h"
#include "collector/judge/reference.h"
#include "collector/reference/networks.h"

namespace taster::cli {

// `path`: a directory, an MMDB file or a prefix file (read_networks.h); empty:
// no network is known.
absl::StatusOr<reference::Networks> LoadNetworks(
    const std::filesystem::path& path);

// `connection`: as taster_ingest or taster_judge. Where no network is known,
// rules that need one stay silent.
absl::StatusOr<judge::Reference> LoadReference(
    const std::string& connection, const reference::Networks& networks);

}  // namespace taster::cli
