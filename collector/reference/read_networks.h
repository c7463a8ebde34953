// SPDX-License-Identifier: Apache-2.0
// Reads tables of networks in whatever form they come.
#pragma once

#include <chrono>
#include <filesystem>

#include "absl/status/statusor.h"
#include "collector/reference/networks.h"

namespace taster::reference {

// `path` is a directory of CSV or MMDB tables (network_files.h), a file
// NAME.mmdb, or a text file of prefixes (prefix_file.h). `day` is the day the
// data counts as of where it does not say itself: the file's.
// Errors: NotFound; InvalidArgument with file and, for text, line.
absl::StatusOr<Networks> ReadNetworks(const std::filesystem::path& path,
                                      std::chrono::sys_days day);

}  // namespace taster::reference
