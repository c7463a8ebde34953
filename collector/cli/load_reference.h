// SPDX-License-Identifier: Apache-2.0
// The reference that the judge works with, from the database's tables and the
// operator's prefix table.
#pragma once

#include <filesystem>
#include <string>

#include "absl/status/statusor.h"
#include "collector/judge/reference.h"

namespace taster::cli {

// `connection`: as taster_ingest or taster_judge. `networks`: a prefix-to-AS
// file; empty: no AS is known, and rules that need one stay silent.
absl::StatusOr<judge::Reference> LoadReference(
    const std::string& connection, const std::filesystem::path& networks);

}  // namespace taster::cli
