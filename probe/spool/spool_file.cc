// SPDX-License-Identifier: Apache-2.0
// Tables, pragmas, and how a file is recognised.
#include "probe/spool/spool_file.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <string>

namespace taster::spool {
namespace {

// A row never changes but for its state. `row_hash` is the BLAKE2b-256 of all
// that is immutable in it: SQLite's pages have no checksums.
constexpr char kTables[] = R"sql(
CREATE TABLE batch (
  seq INTEGER PRIMARY KEY,
  batch_id BLOB NOT NULL,
  measurements INTEGER NOT NULL,
  payload_hash BLOB NOT NULL,
  row_hash BLOB NOT NULL,
  state INTEGER NOT NULL,
  reason TEXT NOT NULL,
  payload BLOB NOT NULL,
  CONSTRAINT batch_is_recorded_once UNIQUE (batch_id)
);
CREATE INDEX batch_waiting ON batch (seq) WHERE state = 0;
CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
);
CREATE TABLE refused (
  seq INTEGER PRIMARY KEY,
  batch_id BLOB NOT NULL,
  ordinal INTEGER NOT NULL,
  reason TEXT NOT NULL,
  measurement BLOB NOT NULL
);
INSERT INTO counter (name, value) VALUES ('file_version', 1);
PRAGMA application_id = 1413567316;
PRAGMA user_version = 1;
)sql";

struct Setting {
  const char* set;
  const char* read;
  const char* value;
};

constexpr std::array<Setting, 9> kSettings = {{
    {"PRAGMA journal_mode=WAL", "PRAGMA journal_mode", "wal"},
    {"PRAGMA synchronous=FULL", "PRAGMA synchronous", "2"},
    {"PRAGMA wal_autocheckpoint=256", "PRAGMA wal_autocheckpoint", "256"},
    {"PRAGMA journal_size_limit=1048576", "PRAGMA journal_size_limit",
     "1048576"},
    {"PRAGMA secure_delete=ON", "PRAGMA secure_delete", "1"},
    // KiB: a spool is written and read once, so that more would stay unused.
    {"PRAGMA cache_size=-256", "PRAGMA cache_size", "-256"},
    {"PRAGMA temp_store=MEMORY", "PRAGMA temp_store", "2"},
    {"PRAGMA cell_size_check=ON", "PRAGMA cell_size_check", "1"},
    {"PRAGMA mmap_size=0", "PRAGMA mmap_size", "0"},
}};

absl::Status Harden(Database* database) {
  int on = 0;
  sqlite3_db_config(database->get(), SQLITE_DBCONFIG_DEFENSIVE, 1, &on);
  int trusted = 1;
  sqlite3_db_config(database->get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0,
                    &trusted);
  if (on == 1 && trusted == 0) return absl::OkStatus();
  return absl::InternalError("sqlite cannot be hardened");
}

}  // namespace

absl::Status ApplySettings(Database* database, std::uint64_t max_bytes) {
  if (auto status = Harden(database); !status.ok()) return status;
  for (const Setting& setting : kSettings) {
    if (auto status = database->Execute(setting.set); !status.ok()) {
      return status;
    }
    const auto value = database->Text(setting.read);
    // mmap_size gives no row where memory mapping was compiled out.
    if (!value.ok() && std::string(setting.value) == "0") continue;
    if (!value.ok()) return value.status();
    if (*value != setting.value) {
      return absl::InternalError(std::string(setting.set) + " did not take");
    }
  }
  const auto pages = std::to_string(max_bytes / kPageBytes);
  const std::string limit = "PRAGMA max_page_count=" + pages;
  const auto taken = database->Text(limit.c_str());
  if (!taken.ok()) return taken.status();
  // A database that is already larger keeps its size; it is then full.
  if (std::stoull("0" + *taken) < max_bytes / kPageBytes) {
    return absl::InternalError("max_page_count did not take");
  }
  return absl::OkStatus();
}

absl::Status CreateTables(Database* database) {
  if (auto status = database->Execute("PRAGMA page_size=4096"); !status.ok()) {
    return status;
  }
  Transaction transaction(database);
  if (!transaction.begun().ok()) return transaction.begun();
  if (auto status = database->Execute(kTables); !status.ok()) return status;
  return transaction.Commit();
}

absl::StatusOr<FileKind> Recognise(Database* database) {
  const auto tables = database->Number("SELECT count(*) FROM sqlite_schema");
  if (!tables.ok()) return tables.status();
  const auto id = database->Number("PRAGMA application_id");
  if (!id.ok()) return id.status();
  const auto version = database->Number("PRAGMA user_version");
  if (!version.ok()) return version.status();
  if (*tables == 0 && *id == 0 && *version == 0) return FileKind::kEmpty;
  const bool fits = *id == kApplicationId && *version == kFileVersion;
  const auto inside =
      database->Number("SELECT value FROM counter WHERE name = 'file_version'");
  // The header and the table must agree; a flipped bit makes them differ.
  if (inside.ok() && *inside == kFileVersion) {
    if (!fits) return absl::DataLossError("the file's header is damaged");
    return FileKind::kOurs;
  }
  if (fits) return absl::DataLossError("the file's tables are damaged");
  return *id == kApplicationId ? FileKind::kNewer : FileKind::kForeign;
}

bool HeaderIsOdd(const std::filesystem::path& path) {
  std::array<unsigned char, 60> header{};
  std::ifstream file(path, std::ios::binary);
  if (!file.read(reinterpret_cast<char*>(header.data()), header.size())) {
    return false;
  }
  // Write and read version, reserved bytes, payload fractions; then the upper
  // bytes of schema format and text encoding.
  constexpr std::array<unsigned char, 6> kFixed = {2, 2, 0, 64, 32, 32};
  if (!std::equal(kFixed.begin(), kFixed.end(), header.begin() + 18)) {
    return true;
  }
  return header[44] + header[45] + header[46] != 0 || header[47] > 4 ||
         header[56] + header[57] + header[58] != 0 || header[59] > 1;
}

absl::Status QuickCheck(Database* database) {
  const auto verdict = database->Text("PRAGMA quick_check(1)");
  if (!verdict.ok()) {
    return absl::DataLossError(std::string(verdict.status().message()));
  }
  if (*verdict != "ok") return absl::DataLossError("quick_check failed");
  return absl::OkStatus();
}

}  // namespace taster::spool
