// SPDX-License-Identifier: Apache-2.0
// A batch that only needs sending: what the writer's thread takes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "collector/store/batch_rows.h"

namespace taster::store {

struct EncodedBatch {
  BatchKey key;
  envelope::Hash payload_hash{};
  Time receive_time;
  std::size_t measurement_count = 0;
  std::uint16_t refused_count = 0;
  std::string software;
  std::string target_list;
  TableRows tables;
  CellCounts cells;
  std::vector<ControlRow> control;
};

// InvalidArgument when a value does not fit its column, when `software` or
// `target_list` is not text (the receiver should have refused it before), or
// when a measurement's replies are not its messages. Pure, so that many threads
// can encode while one writes.
absl::StatusOr<EncodedBatch> Encode(JudgedBatch batch, std::int64_t ruleset_id);

}  // namespace taster::store
