// SPDX-License-Identifier: Apache-2.0
// Counts as it gathers; serialises once.
#include "probe/record/batch_builder.h"

#include <utility>

namespace taster::record {

bool BatchBuilder::Fits(const std::vector<Kept>& set) const {
  return measurements_ + set.size() <= kMaxMeasurements &&
         bytes_ + BytesIn(set) <= kMaxSetBytes;
}

void BatchBuilder::Add(std::uint64_t order, std::vector<Kept> set,
                       std::chrono::steady_clock::time_point now) {
  if (empty()) since_ = now;
  measurements_ += set.size();
  bytes_ += BytesIn(set);
  sets_.emplace(order, std::move(set));
}

spool::SpooledBatch BatchBuilder::Close(std::chrono::sys_days today) {
  spool::SpooledBatch closed;
  closed.id = envelope::BatchId::Make(today);
  closed.measurements = static_cast<std::uint32_t>(measurements_);
  v1::Batch batch;
  batch.set_batch_id(closed.id.bytes.data(), closed.id.bytes.size());
  batch.set_software(software_);
  batch.set_target_list(target_list_);
  std::uint32_t number = 0;
  for (auto& [order, set] : sets_) {
    for (auto& kept : set) {
      kept.measurement.set_set(number);
      *batch.add_measurements() = std::move(kept.measurement);
    }
    ++number;
  }
  closed.payload = batch.SerializeAsString();
  closed.payload_hash = envelope::HashOf(closed.payload);
  sets_.clear();
  measurements_ = bytes_ = 0;
  return closed;
}

}  // namespace taster::record
