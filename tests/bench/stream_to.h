// SPDX-License-Identifier: Apache-2.0
// The same rows by libpqxx's stream_to: what one would write first.
#pragma once

#include <string>
#include <vector>

#include "collector/store/judged_batch.h"

namespace taster::bench {

// Streams evidence and verdicts of the batches into the tables, so many batches
// a transaction. Every measurement must have exactly one reply. libpqxx's
// exceptions pass through.
void StreamTo(const std::string& connection,
              const std::vector<store::JudgedBatch>& batches,
              std::size_t batches_per_commit);

}  // namespace taster::bench
