// SPDX-License-Identifier: Apache-2.0
// Reads a table of who announces which prefix.
#pragma once

#include <filesystem>
#include <vector>

#include "absl/status/statusor.h"
#include "collector/reference/rows.h"

namespace taster::reference {

// A line is `prefix<TAB>asn[<TAB>country]`, or the same with commas; the AS may
// be written "AS64496"; what follows '#' and empty lines are skipped, further
// columns ignored. AS 0 means that nobody announces the prefix.
// Errors: NotFound, or InvalidArgument with file and line.
absl::StatusOr<std::vector<PrefixRow>> ReadPrefixFile(
    const std::filesystem::path& path);

}  // namespace taster::reference
