// SPDX-License-Identifier: Apache-2.0
// Saves from a damaged database what can be proven to be as it was recorded.
#pragma once

#include <cstdint>
#include <filesystem>

#include "absl/status/status.h"

namespace taster::spool {

// Ends a salvage that was cut short after its copy had been completed. Does
// nothing when there is none.
void FinishSalvage(const std::filesystem::path& path);

// Copies every batch whose hashes fit from the damaged database at `path` into
// a new one, moves the damaged one aside as `quarantine-*.db` in the same
// directory, and puts the new one in its place. `last_seq` is how many batches
// were ever recorded, as far as is known; no row has a higher number. May be
// cut short at any time: the next Open starts again or finishes.
absl::Status Salvage(const std::filesystem::path& path, std::uint64_t last_seq);

}  // namespace taster::spool
