// SPDX-License-Identifier: Apache-2.0
// The load of the ingest benchmark: batches as they look after unsealing.
#pragma once

#include <cstdint>
#include <vector>

#include "collector/control/control_book.h"
#include "collector/judge/reference.h"
#include "collector/store/judged_batch.h"

namespace taster::bench {

// Measurements of a batch, all with one reply, and of a question set.
constexpr std::uint32_t kMeasurements = 512;
constexpr std::uint32_t kSetSize = 8;

// Forged pools, prefixes and controls that the load is judged by: a third of
// the names is forged, a third confirmed, a third unknown.
struct World {
  judge::Reference reference;
  control::ControlBook book;
  World();
};

// Bytes and arrival facts; nothing dissected, nothing judged. Every batch has
// an id and names of its own.
store::JudgedBatch RawBatch(std::uint32_t number);

// Fills in what the collector makes of it.
void DissectAndJudge(const World& world, store::JudgedBatch* batch);

}  // namespace taster::bench
