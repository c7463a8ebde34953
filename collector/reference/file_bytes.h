// SPDX-License-Identifier: Apache-2.0
// Takes a file into memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "absl/status/statusor.h"

namespace taster::reference {

// No table of networks comes near this.
inline constexpr std::uintmax_t kMostFileBytes = std::uintmax_t{1} << 30;

// All of `path`, in one read. Errors: NotFound when it cannot be opened or is
// no file, ResourceExhausted when it is larger than kMostFileBytes, DataLoss
// when reading fails.
absl::StatusOr<std::string> ReadFile(const std::filesystem::path& path);

}  // namespace taster::reference
