// SPDX-License-Identifier: Apache-2.0
// Small files that must never be half there: written whole, read with care.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace taster::consent {

// Writes a temporary file beside `path`, makes it durable, renames it over
// `path` and makes the directory durable: after a power cut the file holds
// either the old content or the new, never NUL bytes. Mode 0600.
absl::Status WriteStateFile(const std::filesystem::path& path,
                            std::string_view content);

// NotFound when there is none. FailedPrecondition when it is not a regular
// file of ours, closed to others, with one name, and at most `max_bytes`
// long; a symbolic link is never followed.
absl::StatusOr<std::string> ReadStateFile(const std::filesystem::path& path,
                                          std::size_t max_bytes);

// FailedPrecondition unless it is a directory (not a link to one) of ours in
// which nobody else may write. NotFound when there is none.
absl::Status CheckStateDirectory(const std::filesystem::path& directory);

// Creates the directory with mode 0700 when it is missing (its parent must be
// there), checks it as above, and closes it to readers too.
absl::Status PrepareStateDirectory(const std::filesystem::path& directory);

}  // namespace taster::consent
