// SPDX-License-Identifier: Apache-2.0
// Gathers whole sets into a batch until it must be closed.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "probe/record/fit_set.h"
#include "probe/spool/spool.h"

namespace taster::record {

// design.md, contract decisions: what one batch may hold.
inline constexpr std::size_t kMaxMeasurements = 512;
inline constexpr std::size_t kMaxBatchBytes = 256 << 10;
// Room for id, software and list name beside the measurements.
inline constexpr std::size_t kMaxSetBytes = kMaxBatchBytes - 1024;

class BatchBuilder {
 public:
  BatchBuilder(std::string software, std::string target_list)
      : software_(std::move(software)), target_list_(std::move(target_list)) {}

  bool empty() const { return sets_.empty(); }
  // When the first set came in; undefined while empty.
  std::chrono::steady_clock::time_point since() const { return since_; }
  bool Fits(const std::vector<Kept>& set) const;

  // REQUIRES: Fits(set). `order` ranks sets by when they were asked.
  void Add(std::uint64_t order, std::vector<Kept> set,
           std::chrono::steady_clock::time_point now);

  // Serialises what was gathered, sets in the order asked and numbered from
  // 0, under an id of day `today`; empty afterwards. REQUIRES: !empty().
  spool::SpooledBatch Close(std::chrono::sys_days today);

 private:
  std::string software_;
  std::string target_list_;
  std::map<std::uint64_t, std::vector<Kept>> sets_;
  std::size_t measurements_ = 0;
  std::size_t bytes_ = 0;
  std::chrono::steady_clock::time_point since_;
};

}  // namespace taster::record
