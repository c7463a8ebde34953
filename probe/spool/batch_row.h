// SPDX-License-Identifier: Apache-2.0
// One recorded batch as a row, and its hash.
#pragma once

#include <cstdint>
#include <optional>

#include "probe/spool/database.h"
#include "probe/spool/spool.h"

namespace taster::spool {

// BLAKE2b-256 over id, number of measurements and payload.
envelope::Hash RowHash(const SpooledBatch& batch);

// AlreadyExists when the id is there.
absl::Status InsertRow(Database* database, const SpooledBatch& batch,
                       std::uint64_t state, const std::string& reason);

// Columns that ReadRow wants, in its order.
inline constexpr char kRowColumns[] =
    "batch_id, measurements, payload_hash, row_hash, payload";

// nullopt when the row does not fit its hashes: it is not what was recorded.
std::optional<SpooledBatch> ReadRow(const Statement& row);

// Adds to the counter `name`.
absl::Status Count(Database* database, const char* name, std::uint64_t add);
// 0 when there is no such counter yet.
absl::StatusOr<std::uint64_t> CounterValue(Database* database,
                                           const char* name);
absl::Status SetCounter(Database* database, const char* name,
                        std::uint64_t value);

// Counters, as the table names them.
inline constexpr char kRecordedBatches[] = "recorded_batches";
inline constexpr char kReleasedBatches[] = "released_batches";
inline constexpr char kRecorded[] = "recorded_measurements";
inline constexpr char kDelivered[] = "delivered_measurements";
inline constexpr char kRefused[] = "refused_measurements";
inline constexpr char kDamagedBatches[] = "damaged_batches";
inline constexpr char kLastReceipt[] = "last_receipt_time";
inline constexpr char kNextAttempt[] = "next_attempt_time";

}  // namespace taster::spool
