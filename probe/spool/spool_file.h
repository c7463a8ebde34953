// SPDX-License-Identifier: Apache-2.0
// The layout of the spool's database, and the settings that make it safe.
#pragma once

#include <cstdint>
#include <filesystem>

#include "absl/status/status.h"
#include "probe/spool/database.h"

namespace taster::spool {

inline constexpr std::uint64_t kApplicationId = 0x54415354;  // "TAST"
inline constexpr std::uint64_t kFileVersion = 1;
inline constexpr std::uint64_t kPageBytes = 4096;

// States of a row of `batch`.
inline constexpr std::uint64_t kWaiting = 0;
inline constexpr std::uint64_t kQuarantined = 1;
inline constexpr std::uint64_t kDamaged = 2;

// Sets what safety demands (WAL, synchronous=FULL, secure_delete, bounded
// size, ...) and reads it back: Internal when a setting did not take.
absl::Status ApplySettings(Database* database, std::uint64_t max_bytes);

// Creates the tables in an empty database, in one transaction.
absl::Status CreateTables(Database* database);

enum class FileKind { kEmpty, kOurs, kForeign, kNewer };

// DataLoss when the file cannot be read as a database, or says that it is not
// ours while it holds our tables.
absl::StatusOr<FileKind> Recognise(Database* database);

// True when the file's header has versions or fractions that no spool has
// (database file format, section 1.3), which SQLite reports in other ways than
// as corruption.
bool HeaderIsOdd(const std::filesystem::path& path);

// DataLoss unless SQLite finds its structure sound.
absl::Status QuickCheck(Database* database);

}  // namespace taster::spool
