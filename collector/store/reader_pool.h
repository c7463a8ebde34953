// SPDX-License-Identifier: Apache-2.0
// A few connections that read the public views, shared by many threads.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "collector/store/pub_reader.h"

namespace taster::store {

struct ReaderPoolOptions {
  std::string connection;  // As taster_reader.
  // The role takes 20 in all.
  std::size_t size = 4;
  // Of one statement.
  std::chrono::milliseconds timeout{5'000};
  // How long a thread waits for a connection that others use.
  std::chrono::milliseconds patience{2'000};
};

// Thread-safe. Connects when somebody reads, and again when a connection is
// gone: a database that comes back is used again without being told.
class ReaderPool {
 public:
  explicit ReaderPool(ReaderPoolOptions options)
      : options_(std::move(options)) {}

  // Runs `work` with a connection of its own. When the connection turns out to
  // have been lost since it was last used, once more with a new one: `work`
  // must bear that. Unavailable: no connection, or all are busy.
  absl::Status With(const std::function<absl::Status(PubReader&)>& work);

  // One statement.
  absl::StatusOr<TextTable> Read(const std::string& sql,
                                 const Parameters& parameters);

 private:
  absl::StatusOr<std::unique_ptr<PubReader>> Borrow();
  absl::StatusOr<std::unique_ptr<PubReader>> Connect();
  void Return(std::unique_ptr<PubReader> reader);

  const ReaderPoolOptions options_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<PubReader>> idle_;
  std::size_t borrowed_ = 0;
  // No connection is tried again before this.
  std::chrono::steady_clock::time_point retry_at_{};
};

}  // namespace taster::store
