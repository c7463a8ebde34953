// SPDX-License-Identifier: Apache-2.0
// Reads the seed files that travel with the collector.
#pragma once

#include <filesystem>
#include <optional>

#include "absl/status/statusor.h"
#include "collector/judge/reference.h"
#include "collector/reference/rows.h"

namespace taster::reference {

// Reads forged_pool.csv, forged_address.csv, injector.csv,
// injector_fingerprint.csv, listed_answer.csv and public_resolver.csv of
// `directory`. Errors: NotFound for a file that is not there, InvalidArgument
// with file and line for one that is malformed.
absl::StatusOr<SeedRows> ReadSeedFiles(const std::filesystem::path& directory);

// ReadSeedFiles, ReadPrefixFile (prefix_file.h) and BuildReference in one.
// Without a prefix file no address has a known origin: rules that compare
// owners stay silent.
absl::StatusOr<judge::Reference> LoadReference(
    const std::filesystem::path& seed_directory,
    const std::optional<std::filesystem::path>& prefix_file = {});

}  // namespace taster::reference
