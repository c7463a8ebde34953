// SPDX-License-Identifier: Apache-2.0
// Every change is one transaction, durable when it returns.
#include "probe/spool/sqlite_spool.h"

#include <algorithm>
#include <utility>

#include "probe/spool/batch_row.h"
#include "probe/spool/spool_file.h"

namespace taster::spool {
namespace {

// Rows of the tree and the index beside a payload's own pages.
constexpr std::uint64_t kRowOverhead = 4 * kPageBytes;

std::uint64_t HighWater(std::uint64_t max_bytes) {
  return max_bytes / 100 * 95;
}

// 0 when unknown: then SQLite's own limit decides.
std::uint64_t UsedBytes(Database* database) {
  const auto pages = database->Number("PRAGMA page_count");
  const auto unused = database->Number("PRAGMA freelist_count");
  if (!pages.ok() || !unused.ok()) return 0;
  return (*pages - std::min(*pages, *unused)) * kPageBytes;
}

std::span<const std::uint8_t> BytesOf(const envelope::BatchId& id) {
  return id.bytes;
}

}  // namespace

SqliteSpool::SqliteSpool(Database database, LockFile lock, Reserve reserve,
                         std::uint64_t max_bytes)
    : lock_(std::move(lock)),
      reserve_(std::move(reserve)),
      database_(std::move(database)),
      max_bytes_(max_bytes) {}

absl::Status SqliteSpool::Reconcile() {
  const auto recorded = CounterValue(&database_, kRecordedBatches);
  if (!recorded.ok()) return recorded.status();
  const auto released = CounterValue(&database_, kReleasedBatches);
  if (!released.ok()) return released.status();
  const auto rows = database_.Number("SELECT count(*) FROM batch");
  if (!rows.ok()) return rows.status();
  tally_.recorded = std::max(*recorded, lock_.found().recorded);
  const auto gone = std::max(*released, lock_.found().released);
  // Batches are recorded, then released; what is neither here nor released was
  // lost. A row that came back is sent again and found to be a duplicate.
  tally_.recorded = std::max(tally_.recorded, *rows);
  tally_.released = tally_.recorded - *rows;
  const auto lost = tally_.released > gone ? tally_.released - gone : 0;
  Transaction transaction(&database_);
  if (!transaction.begun().ok()) return transaction.begun();
  for (const auto& status :
       {Count(&database_, kDamagedBatches, lost),
        SetCounter(&database_, kRecordedBatches, tally_.recorded),
        SetCounter(&database_, kReleasedBatches, tally_.released)}) {
    if (!status.ok()) return status;
  }
  if (auto status = transaction.Commit(); !status.ok()) return status;
  lock_.Write(tally_);
  return absl::OkStatus();
}

bool SqliteSpool::HasRoomFor(std::uint64_t bytes) {
  return UsedBytes(&database_) + bytes <= HighWater(max_bytes_);
}

absl::Status SqliteSpool::Insert(const SpooledBatch& batch) {
  Transaction transaction(&database_);
  if (!transaction.begun().ok()) return transaction.begun();
  auto status = InsertRow(&database_, batch, kWaiting, "");
  if (!status.ok()) return status;
  status = Count(&database_, kRecordedBatches, 1);
  if (!status.ok()) return status;
  status = Count(&database_, kRecorded, batch.measurements);
  if (!status.ok()) return status;
  return transaction.Commit();
}

absl::Status SqliteSpool::Record(const SpooledBatch& batch) {
  const std::lock_guard guard(mutex_);
  if (envelope::HashOf(batch.payload) != batch.payload_hash) {
    return absl::InvalidArgumentError("the hash is not the payload's");
  }
  refused_ = !HasRoomFor(batch.payload.size() + kRowOverhead);
  if (refused_) return absl::ResourceExhaustedError("the spool is full");
  auto status = Insert(batch);
  refused_ = absl::IsResourceExhausted(status);
  if (!status.ok()) return status;
  ++tally_.recorded;
  lock_.Write(tally_);
  return status;
}

absl::StatusOr<std::optional<SpooledBatch>> SqliteSpool::Oldest() {
  const std::lock_guard guard(mutex_);
  const std::string select = std::string("SELECT ") + kRowColumns +
                             ", seq FROM batch WHERE state = 0 "
                             "ORDER BY seq LIMIT 1";
  while (true) {
    std::uint64_t seq = 0;
    {
      Statement row = database_.Prepare(select.c_str());
      const auto found = row.Step();
      if (!found.ok()) return found.status();
      if (!*found) return std::optional<SpooledBatch>();
      if (auto batch = ReadRow(row)) return batch;
      seq = row.Number(5);
    }
    Transaction transaction(&database_);
    if (!transaction.begun().ok()) return transaction.begun();
    auto status = database_
                      .Prepare(
                          "UPDATE batch SET state = ?, reason = 'damaged' "
                          "WHERE seq = ?")
                      .Bind(kDamaged)
                      .Bind(seq)
                      .Run();
    if (status.ok()) status = Count(&database_, kDamagedBatches, 1);
    if (status.ok()) status = transaction.Commit();
    if (!status.ok()) return status;
  }
}

template <typename Change>
absl::Status SqliteSpool::WithReserve(Change change) {
  auto status = change();
  if (!absl::IsResourceExhausted(status)) return status;
  if (!reserve_.Release()) return status;
  status = change();
  reserve_.Restore();
  return status;
}

absl::Status SqliteSpool::KeepRefused(const envelope::BatchId& id,
                                      const std::vector<Refused>& refused) {
  // The evidence of refusals may not fill the spool: past the mark, the
  // reason alone is kept.
  const bool roomy = UsedBytes(&database_) < HighWater(max_bytes_) / 2;
  for (const auto& one : refused) {
    auto status = database_
                      .Prepare(
                          "INSERT INTO refused (batch_id, ordinal, reason, "
                          "measurement) VALUES (?, ?, ?, ?)")
                      .Bind(BytesOf(id))
                      .Bind(one.ordinal)
                      .BindText(one.reason)
                      .Bind(roomy ? std::string_view(one.measurement)
                                  : std::string_view())
                      .Run();
    if (!status.ok()) return status;
  }
  return Count(&database_, spool::kRefused, refused.size());
}

absl::StatusOr<std::uint64_t> SqliteSpool::MeasurementsOf(
    const envelope::BatchId& id) {
  Statement select =
      database_.Prepare("SELECT measurements FROM batch WHERE batch_id = ?");
  const auto row = select.Bind(BytesOf(id)).Step();
  if (!row.ok()) return row.status();
  if (!*row) return absl::NotFoundError("no such batch");
  return select.Number(0);
}

absl::Status SqliteSpool::Delete(const envelope::BatchId& id,
                                 const std::vector<Refused>& refused) {
  Transaction transaction(&database_);
  if (!transaction.begun().ok()) return transaction.begun();
  const auto measurements = MeasurementsOf(id);
  if (!measurements.ok()) return measurements.status();
  if (auto status = KeepRefused(id, refused); !status.ok()) return status;
  const auto now = std::chrono::floor<std::chrono::seconds>(
      std::chrono::system_clock::now());
  for (const auto& status :
       {database_.Prepare("DELETE FROM batch WHERE batch_id = ?")
            .Bind(BytesOf(id))
            .Run(),
        Count(&database_, kReleasedBatches, 1),
        Count(&database_, kDelivered,
              *measurements -
                  std::min<std::uint64_t>(*measurements, refused.size())),
        SetCounter(&database_, kLastReceipt,
                   static_cast<std::uint64_t>(now.time_since_epoch().count())),
        SetCounter(&database_, kNextAttempt, 0)}) {
    if (!status.ok()) return status;
  }
  return transaction.Commit();
}

absl::Status SqliteSpool::Deliver(const envelope::BatchId& id,
                                  const std::vector<Refused>& refused) {
  const std::lock_guard guard(mutex_);
  auto status = WithReserve([&] { return Delete(id, refused); });
  if (!status.ok()) return status;
  refused_ = false;
  ++tally_.released;
  lock_.Write(tally_);
  return status;
}

absl::Status SqliteSpool::SetState(const envelope::BatchId& id,
                                   std::uint64_t state,
                                   const std::string& reason) {
  auto status = database_
                    .Prepare(
                        "UPDATE batch SET state = ?, reason = ? "
                        "WHERE batch_id = ?")
                    .Bind(state)
                    .BindText(reason)
                    .Bind(BytesOf(id))
                    .Run();
  if (status.ok() && database_.changes() == 0) {
    return absl::NotFoundError("no such batch");
  }
  return status;
}

absl::Status SqliteSpool::Quarantine(const envelope::BatchId& id,
                                     const std::string& reason) {
  const std::lock_guard guard(mutex_);
  return WithReserve([&] { return SetState(id, kQuarantined, reason); });
}

absl::Status SqliteSpool::SetNextAttempt(std::chrono::sys_seconds time) {
  const std::lock_guard guard(mutex_);
  return SetCounter(
      &database_, kNextAttempt,
      static_cast<std::uint64_t>(time.time_since_epoch().count()));
}

absl::StatusOr<SpoolStatus> SqliteSpool::Status() {
  const std::lock_guard guard(mutex_);
  return ReadStatus(&database_, max_bytes_);
}

bool SqliteSpool::full() {
  const std::lock_guard guard(mutex_);
  return refused_ || UsedBytes(&database_) >= HighWater(max_bytes_);
}

}  // namespace taster::spool
