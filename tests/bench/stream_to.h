// SPDX-License-Identifier: Apache-2.0
// The same rows by libpqxx's stream_to: what one would write first.
#pragma once

#include <memory>
#include <pqxx/pqxx>
#include <string>
#include <vector>

#include "collector/store/judged_batch.h"

namespace taster::bench {

// One connection. libpqxx's exceptions pass through.
class Streamer {
 public:
  explicit Streamer(const std::string& connection);
  ~Streamer();

  // Streams evidence and verdicts of the batches into the tables, so many
  // batches a transaction. Every measurement must have exactly one reply.
  void Stream(const std::vector<store::JudgedBatch>& batches,
              std::size_t batches_per_commit);

 private:
  std::unique_ptr<pqxx::connection> session_;
};

}  // namespace taster::bench
