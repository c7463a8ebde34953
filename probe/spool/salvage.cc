// SPDX-License-Identifier: Apache-2.0
// Row by row, so that one bad page costs only the rows that lie on it.
#include "probe/spool/salvage.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <string>
#include <system_error>

#include "probe/spool/batch_row.h"
#include "probe/spool/database.h"
#include "probe/spool/spool_file.h"

namespace taster::spool {
namespace {

namespace fs = std::filesystem;

// Looked up when no count of batches survived, and at most.
constexpr std::uint64_t kBlindLookups = 65'536;
constexpr std::uint64_t kMostLookups = 2'000'000;

fs::path Beside(const fs::path& path, const char* suffix) {
  fs::path beside = path;
  beside += suffix;
  return beside;
}

void RemoveDatabase(const fs::path& path) {
  std::error_code ignored;
  for (const auto* suffix : {"", "-wal", "-shm"}) {
    fs::remove(Beside(path, suffix), ignored);
  }
}

absl::StatusOr<Database> CreateNew(const fs::path& path) {
  RemoveDatabase(path);
  auto database =
      Database::Open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (!database.ok()) return database.status();
  if (auto status = CreateTables(&*database); !status.ok()) return status;
  return database;
}

// The first page of every spool is the same but for its header's counts, since
// every spool is created in one way. So a lost first page can be replaced.
bool TransplantFirstPage(const fs::path& from, const fs::path& to) {
  std::array<char, kPageBytes> page{};
  std::ifstream source(from, std::ios::binary);
  if (!source.read(page.data(), page.size())) return false;
  // Unequal change counters make SQLite take the size from the file itself
  // (database file format, section 1.3.7).
  page[95] = static_cast<char>(page[27] + 1);
  page[18] = page[19] = 2;  // WAL.
  std::fstream target(to, std::ios::binary | std::ios::in | std::ios::out);
  target.write(page.data(), page.size());
  return static_cast<bool>(target.flush());
}

void CopyRows(Database* from, Database* to, std::uint64_t last_seq) {
  const auto highest = from->Number("SELECT max(seq) FROM batch");
  if (highest.ok()) last_seq = std::max(last_seq, *highest);
  if (last_seq == 0) last_seq = kBlindLookups;
  last_seq = std::min(last_seq, kMostLookups);
  const std::string select =
      std::string("SELECT ") + kRowColumns +
      ", state, reason FROM batch NOT INDEXED WHERE seq = ?";
  Statement row = from->Prepare(select.c_str());
  for (std::uint64_t seq = 1; seq <= last_seq; ++seq) {
    row.Reset();
    const auto found = row.Bind(seq).Step();
    if (!found.ok() || !*found) continue;
    const auto batch = ReadRow(row);
    if (!batch) continue;
    const auto state = row.Number(5) == kQuarantined ? kQuarantined : kWaiting;
    InsertRow(to, *batch, state, row.Text(6)).IgnoreError();
  }
}

void CopyCounters(Database* from, Database* to) {
  Statement select = from->Prepare("SELECT name, value FROM counter");
  for (auto row = select.Step(); row.ok() && *row; row = select.Step()) {
    const auto name = select.Text(0);
    if (name == "file_version") continue;
    SetCounter(to, name.c_str(), select.Number(1)).IgnoreError();
  }
}

void CopyRefused(Database* from, Database* to) {
  Statement select = from->Prepare(
      "SELECT batch_id, ordinal, reason, measurement FROM refused");
  for (auto row = select.Step(); row.ok() && *row; row = select.Step()) {
    to->Prepare(
          "INSERT INTO refused (batch_id, ordinal, reason, measurement) "
          "VALUES (?, ?, ?, ?)")
        .Bind(select.Blob(0))
        .Bind(select.Number(1))
        .BindText(select.Text(2))
        .Bind(select.Blob(3))
        .Run()
        .IgnoreError();
  }
}

bool Readable(Database* database) {
  return database->Number("SELECT count(*) FROM sqlite_schema").ok() &&
         database->Text("SELECT sql FROM sqlite_schema WHERE name = 'batch'")
             .ok();
}

absl::Status CopyAll(const fs::path& damaged, Database* to,
                     std::uint64_t last_seq) {
  auto from = Database::Open(damaged, SQLITE_OPEN_READWRITE);
  if (!from.ok() || !Readable(&*from)) return absl::DataLossError("unreadable");
  Transaction transaction(to);
  if (!transaction.begun().ok()) return transaction.begun();
  CopyCounters(&*from, to);
  CopyRefused(&*from, to);
  CopyRows(&*from, to, last_seq);
  return transaction.Commit();
}

// A working copy, so that the damaged original stays as it was found.
absl::Status CopyWithNewFirstPage(const fs::path& path, Database* to,
                                  std::uint64_t last_seq) {
  const fs::path copy = Beside(path, ".copy");
  const fs::path pattern = Beside(path, ".pattern");
  std::error_code error;
  fs::copy_file(path, copy, fs::copy_options::overwrite_existing, error);
  fs::copy_file(Beside(path, "-wal"), Beside(copy, "-wal"),
                fs::copy_options::overwrite_existing, error);
  auto status = CreateNew(pattern).status();
  if (status.ok() && TransplantFirstPage(pattern, copy)) {
    status = CopyAll(copy, to, last_seq);
  }
  RemoveDatabase(copy);
  RemoveDatabase(pattern);
  return status;
}

fs::path QuarantineName(const fs::path& path) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto stamp =
      std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  return path.parent_path() / ("quarantine-" + std::to_string(stamp) + ".db");
}

}  // namespace

void FinishSalvage(const fs::path& path) {
  const fs::path rescued = Beside(path, ".salvage");
  std::error_code ignored;
  if (fs::exists(path, ignored) || !fs::exists(rescued, ignored)) return;
  fs::rename(rescued, path, ignored);
}

absl::Status Salvage(const fs::path& path, std::uint64_t last_seq) {
  const fs::path rescued = Beside(path, ".salvage");
  {
    auto to = CreateNew(rescued);
    if (!to.ok()) return to.status();
    if (auto status = to->Execute("PRAGMA synchronous=FULL"); !status.ok()) {
      return status;
    }
    if (auto copied = CopyAll(path, &*to, last_seq); !copied.ok()) {
      // Not even this may help; then all of it counts as lost.
      CopyWithNewFirstPage(path, &*to, last_seq).IgnoreError();
    }
  }
  std::error_code error;
  const fs::path aside = QuarantineName(path);
  fs::rename(path, aside, error);
  if (error) return absl::InternalError("cannot move the damaged spool aside");
  std::error_code ignored;
  fs::rename(Beside(path, "-wal"), Beside(aside, "-wal"), ignored);
  fs::remove(Beside(path, "-shm"), ignored);
  fs::rename(rescued, path, error);
  if (error) return absl::InternalError("cannot put the new spool in place");
  return absl::OkStatus();
}

}  // namespace taster::spool
