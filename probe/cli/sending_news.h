// SPDX-License-Identifier: Apache-2.0
// How sending goes, for commands that wait for it.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>

#include "absl/status/status.h"
#include "probe/uplink/sender.h"

namespace taster::cli {

// What became of sending, as far as a waiting command must know. Thread-safe.
class SendingNews {
 public:
  void Note(const uplink::Attempt& attempt);
  // OK, or why sending has failed for at least `patience`. A failure that time
  // does not heal (key not enrolled or not pinned) counts at once.
  absl::Status FailedFor(std::chrono::milliseconds patience) const;
  std::uint64_t delivered() const;  // Measurements.
  std::uint64_t refused() const;

 private:
  mutable std::mutex mutex_;
  absl::Status failure_;  // OK: the last attempt went well.
  std::chrono::steady_clock::time_point failing_since_;
  std::uint64_t delivered_ = 0;
  std::uint64_t refused_ = 0;
};

}  // namespace taster::cli
