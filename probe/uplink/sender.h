// SPDX-License-Identifier: Apache-2.0
// Empties the spool into the collector: the oldest batch first, deleted only
// under a valid receipt.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>

#include "absl/status/statusor.h"
#include "probe/spool/spool.h"
#include "probe/uplink/backoff.h"
#include "probe/uplink/uplink.h"
#include "proto/envelope/sign.h"

namespace taster::uplink {

// What one attempt came to.
enum class Progress {
  kIdle,         // Nothing waits.
  kDelivered,    // Stored, or found stored.
  kQuarantined,  // Will never be accepted; kept aside.
  kFailed,       // Kept; `failure` tells why.
};

struct Attempt {
  Progress progress = Progress::kIdle;
  envelope::BatchId batch;         // Meaningless when idle.
  std::uint32_t measurements = 0;  // In the batch.
  std::uint32_t refused = 0;       // Of these, not stored by the collector.
  absl::Status failure;
  // How long to leave the collector alone.
  std::chrono::milliseconds wait{0};
};

class Sender {
 public:
  // `spool` and `uplink` must outlive the sender. `key` signs the requests.
  Sender(spool::Spool* spool, Uplink* uplink, envelope::SigningKey key,
         BackoffLimits limits);

  // Tries the oldest batch once. An error means that the spool failed.
  absl::StatusOr<Attempt> SendOldest();

  // Something waits to be sent; true also when the spool cannot tell.
  bool HasWork();

 private:
  absl::StatusOr<Attempt> Settle(const spool::SpooledBatch& batch,
                                 const v1::Receipt& receipt);
  absl::StatusOr<Attempt> Fail(const spool::SpooledBatch& batch,
                               absl::Status why);

  spool::Spool* spool_;
  Uplink* uplink_;
  envelope::SigningKey key_;
  Backoff backoff_;
  // How often the collector called a batch no batch.
  std::map<envelope::BatchId, int> malformed_;
};

}  // namespace taster::uplink
