// SPDX-License-Identifier: Apache-2.0
// The one writer: merges many probes' batches into few large commits.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "collector/store/judged_batch.h"

namespace taster::store {

struct WriterOptions {
  std::string connection;  // libpq connection string, role taster_ingest.
  // Names the rules and the reference that judged; empty: the rules alone,
  // judge::RulesetVersion().
  std::string ruleset{};
  std::size_t rows_per_commit = 10'000;
  std::size_t max_queued_batches = 256;  // Beyond it Submit refuses.
};

// Owns one thread and one database connection; reconnects by itself. Several
// batches share one transaction: ledger rows first (ON CONFLICT DO NOTHING
// RETURNING), then binary COPY of everything that belongs to the new ones.
class Writer {
 public:
  // Called once for each submitted batch, from the writer's thread, after
  // COMMIT returned; never before. An error status means that the outcome is
  // not known or nothing was stored: the sender must send the batch again.
  using Done = std::function<void(absl::StatusOr<PutResult>)>;

  // Fails (FailedPrecondition) when the server does not promise durability:
  // synchronous_commit, fsync and full_page_writes must be on.
  static absl::StatusOr<std::unique_ptr<Writer>> Start(WriterOptions options);

  virtual ~Writer() = default;  // Finishes what is queued, then joins.

  // False (and `done` is never called) when the queue is full.
  virtual bool Submit(JudgedBatch batch, Done done) = 0;
};

}  // namespace taster::store
