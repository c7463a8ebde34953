// SPDX-License-Identifier: Apache-2.0
// Opens a spool: the lock first, then the file, then its damage.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "probe/spool/batch_row.h"
#include "probe/spool/salvage.h"
#include "probe/spool/spool_file.h"
#include "probe/spool/sqlite_spool.h"

namespace taster::spool {
namespace {

namespace fs = std::filesystem;

fs::path Beside(const fs::path& path, const char* suffix) {
  fs::path beside = path;
  beside += suffix;
  return beside;
}

absl::Status Unfit(const fs::path& path, const char* why) {
  return absl::FailedPreconditionError(path.string() + " " + why);
}

// Nobody else may have put the file there or be able to read it.
absl::Status CheckPlace(const fs::path& path) {
  struct stat info {};
  const fs::path directory = path.parent_path();
  if (::stat(directory.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) {
    return Unfit(directory, "is not a directory");
  }
  if (info.st_uid != ::geteuid() || (info.st_mode & 077) != 0) {
    return Unfit(directory, "must be ours alone (mode 0700)");
  }
  if (::lstat(path.c_str(), &info) != 0) return absl::OkStatus();
  if (!S_ISREG(info.st_mode)) return Unfit(path, "is not a regular file");
  if (info.st_uid != ::geteuid()) return Unfit(path, "has another owner");
  if (info.st_nlink != 1) return Unfit(path, "has a second name (hard link)");
  return absl::OkStatus();
}

absl::Status Refuse(FileKind kind) {
  if (kind == FileKind::kNewer) {
    return absl::DataLossError(
        "the spool was written by a newer version: upgrade this program");
  }
  return absl::DataLossError("the file is not a spool");
}

bool MeansDamage(const absl::Status& status, const fs::path& path) {
  return absl::IsDataLoss(status) ||
         (absl::IsInternal(status) && HeaderIsOdd(path));
}

// An open, sound database of ours. `*damaged` when it holds no truth any more;
// then nothing is open.
absl::StatusOr<Database> OpenSound(const SpoolOptions& options, bool* damaged) {
  auto database =
      Database::Open(options.path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (!database.ok()) return database.status();
  const auto kind = Recognise(&*database);
  *damaged = MeansDamage(kind.status(), options.path);
  if (!kind.ok()) return kind.status();
  if (*kind == FileKind::kForeign || *kind == FileKind::kNewer) {
    return Refuse(*kind);
  }
  if (*kind == FileKind::kEmpty) {
    if (auto status = CreateTables(&*database); !status.ok()) return status;
  }
  auto status = QuickCheck(&*database);
  if (status.ok()) status = ApplySettings(&*database, options.max_bytes);
  if (status.ok() && HeaderIsOdd(options.path)) {
    status = absl::DataLossError("the file's header is damaged");
  }
  *damaged = MeansDamage(status, options.path);
  if (!status.ok()) return status;
  return database;
}

// 0 when it cannot be read any more.
std::uint64_t RecordedBatches(const fs::path& path) {
  auto database = Database::Open(path, SQLITE_OPEN_READONLY);
  if (!database.ok()) return 0;
  return CounterValue(&*database, kRecordedBatches).value_or(0);
}

absl::Status SyncDirectory(const fs::path& directory) {
  const int fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return Unfit(directory, "cannot be opened");
  const bool synced = ::fsync(fd) == 0;
  ::close(fd);
  return synced ? absl::OkStatus() : Unfit(directory, "cannot be synced");
}

}  // namespace

absl::StatusOr<std::unique_ptr<Spool>> Spool::Open(
    const SpoolOptions& options) {
  if (auto status = CheckPlace(options.path); !status.ok()) return status;
  auto lock = LockFile::Take(Beside(options.path, ".lock"));
  if (!lock.ok()) return lock.status();
  FinishSalvage(options.path);
  const mode_t before = ::umask(077);
  bool damaged = false;
  auto database = OpenSound(options, &damaged);
  if (damaged) {
    const auto recorded =
        std::max(lock->found().recorded, RecordedBatches(options.path));
    if (auto status = Salvage(options.path, recorded); !status.ok()) {
      ::umask(before);
      return status;
    }
    database = OpenSound(options, &damaged);
  }
  Reserve reserve(Beside(options.path, ".reserve"));
  ::umask(before);
  if (!database.ok()) return database.status();
  auto status = SyncDirectory(options.path.parent_path());
  if (!status.ok()) return status;
  auto spool =
      std::make_unique<SqliteSpool>(*std::move(database), *std::move(lock),
                                    std::move(reserve), options.max_bytes);
  if (status = spool->Reconcile(); !status.ok()) return status;
  return spool;
}

}  // namespace taster::spool
