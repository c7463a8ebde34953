// SPDX-License-Identifier: Apache-2.0
// The writer's connection: opened, checked, lost and opened again.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "collector/store/session.h"

namespace taster::store {

// Not thread-safe.
class IngestSession {
 public:
  IngestSession(std::string connection, std::string ruleset)
      : connection_(std::move(connection)), ruleset_(std::move(ruleset)) {}

  // Connects, checks durability and finds (or inserts) the ruleset.
  absl::Status Connect();
  // Forgets the connection.
  void Drop() { session_ = nullptr; }

  // nullptr while not connected.
  Session* get() const { return session_.get(); }
  // Of the ruleset the batches were judged under. REQUIRES: Connect succeeded.
  std::int64_t ruleset_id() const { return ruleset_id_; }

  // How long to wait before the next Connect: zero after a success, then from
  // 50 ms doubling to 2 s.
  std::chrono::milliseconds backoff() const { return backoff_; }

 private:
  absl::Status Open();

  std::string connection_;
  std::string ruleset_;
  std::unique_ptr<Session> session_;
  std::int64_t ruleset_id_ = 0;
  std::chrono::milliseconds backoff_{0};
};

}  // namespace taster::store
