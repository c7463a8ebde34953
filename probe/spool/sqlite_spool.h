// SPDX-License-Identifier: Apache-2.0
// The spool over an open, sound database.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "probe/spool/database.h"
#include "probe/spool/lock_file.h"
#include "probe/spool/reserve.h"
#include "probe/spool/spool.h"

namespace taster::spool {

// What counters and rows say. Also used without the lock, by Peek.
absl::StatusOr<SpoolStatus> ReadStatus(Database* database,
                                       std::uint64_t max_bytes);

class SqliteSpool final : public Spool {
 public:
  SqliteSpool(Database database, LockFile lock, Reserve reserve,
              std::uint64_t max_bytes);

  // Compares what the database holds with what was ever recorded; what is
  // missing was lost to damage and is counted.
  absl::Status Reconcile();

  absl::Status Record(const SpooledBatch& batch) override;
  absl::StatusOr<std::optional<SpooledBatch>> Oldest() override;
  absl::Status Deliver(const envelope::BatchId& id,
                       const std::vector<Refused>& refused) override;
  absl::Status Quarantine(const envelope::BatchId& id,
                          const std::string& reason) override;
  absl::Status SetNextAttempt(std::chrono::sys_seconds time) override;
  absl::StatusOr<SpoolStatus> Status() override;
  bool full() override;

 private:
  // REQUIRES for all: `mutex_` is held.
  absl::Status Insert(const SpooledBatch& batch);
  absl::Status Delete(const envelope::BatchId& id,
                      const std::vector<Refused>& refused);
  absl::Status KeepRefused(const envelope::BatchId& id,
                           const std::vector<Refused>& refused);
  absl::StatusOr<std::uint64_t> MeasurementsOf(const envelope::BatchId& id);
  absl::Status SetState(const envelope::BatchId& id, std::uint64_t state,
                        const std::string& reason);
  // Runs `change`; when the disk is full, once more with the reserve given
  // back to it.
  template <typename Change>
  absl::Status WithReserve(Change change);
  bool HasRoomFor(std::uint64_t bytes);

  std::mutex mutex_;
  LockFile lock_;
  Reserve reserve_;
  Database database_;
  const std::uint64_t max_bytes_;
  Tally tally_;
  bool refused_ = false;  // The last batch did not fit.
};

}  // namespace taster::spool
