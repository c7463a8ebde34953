// SPDX-License-Identifier: Apache-2.0
// Holds recorded batches until a receipt lets them go.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "proto/envelope/batch_id.h"
#include "proto/envelope/sign.h"

namespace taster::spool {

// An immutable batch: payload bytes as they will be sent.
struct SpooledBatch {
  envelope::BatchId id;
  envelope::Hash payload_hash{};
  std::string payload;
  std::uint32_t measurements = 0;
};

// A measurement that the collector could not store.
struct Refused {
  std::uint32_t ordinal = 0;
  std::string reason;       // Never holds an address or a name.
  std::string measurement;  // Its bytes, kept for whoever looks into it.
};

struct SpoolOptions {
  std::filesystem::path path;  // The database file; its directory is 0700.
  std::uint64_t max_bytes = 64ull << 20;
};

struct SpoolStatus {
  std::uint64_t waiting_batches = 0;
  std::uint64_t waiting_measurements = 0;
  std::uint64_t quarantined_batches = 0;
  std::uint64_t recorded_measurements = 0;   // Ever, in this spool.
  std::uint64_t delivered_measurements = 0;  // Ever, under a receipt.
  std::uint64_t refused_measurements = 0;    // Not stored by the collector.
  std::uint64_t damaged_batches = 0;         // Lost to corruption, ever.
  std::uint64_t used_bytes = 0;
  std::uint64_t max_bytes = 0;
  // UTC; nullopt: never.
  std::optional<std::chrono::sys_seconds> last_receipt_time;
  std::optional<std::chrono::sys_seconds> next_attempt_time;
};

// One SQLite database, WAL, synchronous=FULL. Thread-safe: one thread records
// while another delivers. One process at a time.
class Spool {
 public:
  // Unavailable when another process has it open; DataLoss when the file is
  // not ours or newer than this program (left untouched). A damaged file is
  // moved aside, what can be verified is salvaged, the rest is counted.
  static absl::StatusOr<std::unique_ptr<Spool>> Open(
      const SpoolOptions& options);
  virtual ~Spool() = default;

  // What the spool says of itself, read without opening it for work: another
  // process may have it open. NotFound when there is none yet.
  static absl::StatusOr<SpoolStatus> Peek(const SpoolOptions& options);

  // Durable when it returns OK: only then are its measurements "recorded".
  // ResourceExhausted when the spool is full: stop measuring, keep sending.
  virtual absl::Status Record(const SpooledBatch& batch) = 0;

  // The oldest batch that waits; nullopt: nothing waits.
  virtual absl::StatusOr<std::optional<SpooledBatch>> Oldest() = 0;

  // A valid receipt covered it: deletes it. What the receipt lists as refused
  // is kept aside, counted, in the same transaction.
  virtual absl::Status Deliver(const envelope::BatchId& id,
                               const std::vector<Refused>& refused) = 0;
  // It will never be accepted: keeps it aside with the reason.
  virtual absl::Status Quarantine(const envelope::BatchId& id,
                                  const std::string& reason) = 0;

  // When the next attempt to send is due; survives restarts.
  virtual absl::Status SetNextAttempt(std::chrono::sys_seconds time) = 0;

  virtual absl::StatusOr<SpoolStatus> Status() = 0;
  // At or above 95 % of max_bytes.
  virtual bool full() = 0;
};

}  // namespace taster::spool
