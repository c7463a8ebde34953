// SPDX-License-Identifier: Apache-2.0
// What is known of the database between requests: its views, and the state of
// what is published.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>

#include "absl/status/statusor.h"
#include "collector/serve/catalogue.h"
#include "collector/serve/release.h"
#include "collector/store/reader_pool.h"

namespace taster::serve {

// Thread-safe.
class PubState {
 public:
  // `pool` must outlive it.
  explicit PubState(store::ReaderPool* pool) : pool_(*pool) {}

  // Read again when it is older than a minute: a migration may add views.
  absl::StatusOr<std::shared_ptr<const Catalogue>> GetCatalogue();
  // Read again when it is older than a second.
  absl::StatusOr<std::shared_ptr<const Release>> GetRelease();

 private:
  using Clock = std::chrono::steady_clock;

  store::ReaderPool& pool_;
  std::mutex mutex_;
  std::shared_ptr<const Catalogue> catalogue_;
  Clock::time_point catalogue_time_{};
  std::shared_ptr<const Release> release_;
  Clock::time_point release_time_{};
};

}  // namespace taster::serve
