// SPDX-License-Identifier: Apache-2.0
// The reference that the judge works with, from files alone.
#pragma once

#include <filesystem>

#include "absl/status/statusor.h"
#include "collector/judge/reference.h"

namespace taster::cli {

// `seeds`: the directory of seed files; empty: nothing is known beforehand.
// `networks`: as `serve --networks`; empty: no AS is known.
absl::StatusOr<judge::Reference> ReferenceFromFiles(
    const std::filesystem::path& seeds, const std::filesystem::path& networks);

}  // namespace taster::cli
