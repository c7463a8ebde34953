// SPDX-License-Identifier: Apache-2.0
// Who is enrolled, in memory: asked for every batch, from many threads.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "collector/ingest/vantage.h"
#include "proto/envelope/sign.h"

namespace taster::cli {

// Read again from the database at most once a second, when an unknown key
// comes or the copy is a minute old: an enrolment works at once, a revocation
// within a minute. While the database does not answer, the last copy holds.
class VantageRoll {
 public:
  explicit VantageRoll(std::string connection)
      : connection_(std::move(connection)) {}

  absl::Status Refresh();
  std::optional<ingest::Vantage> Find(const envelope::PublicKey& key);

 private:
  using Clock = std::chrono::steady_clock;

  absl::Status RefreshLocked();

  const std::string connection_;
  std::mutex mutex_;
  std::map<envelope::PublicKey, ingest::Vantage> admitted_;
  Clock::time_point refreshed_{};
};

}  // namespace taster::cli
