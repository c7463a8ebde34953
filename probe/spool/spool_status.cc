// SPDX-License-Identifier: Apache-2.0
// What a spool says of itself, with or without the lock.
#include <algorithm>
#include <chrono>

#include "probe/spool/batch_row.h"
#include "probe/spool/spool_file.h"
#include "probe/spool/sqlite_spool.h"

namespace taster::spool {
namespace {

std::optional<std::chrono::sys_seconds> TimeOf(std::uint64_t counter) {
  if (counter == 0) return {};
  return std::chrono::sys_seconds(
      std::chrono::seconds(static_cast<std::int64_t>(counter)));
}

// Fills what the rows tell.
absl::Status ReadRows(Database* database, SpoolStatus* status) {
  Statement select = database->Prepare(
      "SELECT state, count(*), sum(measurements) FROM batch GROUP BY state");
  auto row = select.Step();
  for (; row.ok() && *row; row = select.Step()) {
    if (select.Number(0) == kWaiting) {
      status->waiting_batches = select.Number(1);
      status->waiting_measurements = select.Number(2);
    } else if (select.Number(0) == kQuarantined) {
      status->quarantined_batches = select.Number(1);
    }
  }
  return row.status();
}

absl::Status ReadCounters(Database* database, SpoolStatus* status) {
  std::uint64_t receipt = 0;
  std::uint64_t attempt = 0;
  const std::pair<const char*, std::uint64_t*> counters[] = {
      {kRecorded, &status->recorded_measurements},
      {kDelivered, &status->delivered_measurements},
      {kRefused, &status->refused_measurements},
      {kDamagedBatches, &status->damaged_batches},
      {kLastReceipt, &receipt},
      {kNextAttempt, &attempt}};
  for (const auto& [name, value] : counters) {
    const auto counter = CounterValue(database, name);
    if (!counter.ok()) return counter.status();
    *value = *counter;
  }
  status->last_receipt_time = TimeOf(receipt);
  status->next_attempt_time = TimeOf(attempt);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SpoolStatus> ReadStatus(Database* database,
                                       std::uint64_t max_bytes) {
  SpoolStatus status;
  status.max_bytes = max_bytes;
  if (auto read = ReadRows(database, &status); !read.ok()) return read;
  if (auto read = ReadCounters(database, &status); !read.ok()) return read;
  const auto pages = database->Number("PRAGMA page_count");
  if (!pages.ok()) return pages.status();
  const auto unused = database->Number("PRAGMA freelist_count");
  if (!unused.ok()) return unused.status();
  status.used_bytes = (*pages - std::min(*pages, *unused)) * kPageBytes;
  return status;
}

absl::StatusOr<SpoolStatus> Spool::Peek(const SpoolOptions& options) {
  std::error_code error;
  if (!std::filesystem::exists(options.path, error)) {
    return absl::NotFoundError("nothing has been recorded yet");
  }
  auto database = Database::Open(options.path, SQLITE_OPEN_READONLY);
  if (!database.ok()) return database.status();
  const auto kind = Recognise(&*database);
  if (!kind.ok()) return kind.status();
  if (*kind == FileKind::kEmpty) {
    return absl::NotFoundError("nothing has been recorded yet");
  }
  if (*kind != FileKind::kOurs) {
    return absl::DataLossError("not a spool of this version");
  }
  return ReadStatus(&*database, options.max_bytes);
}

}  // namespace taster::spool
