// SPDX-License-Identifier: Apache-2.0
// Batches with every optional part present somewhere and absent elsewhere.
#pragma once

#include <cstdint>
#include <string>

#include "collector/store/judged_batch.h"

namespace taster::store {

// Today, at a whole second: the day that surely has partitions.
Time Today();

// Batch number `number` of a vantage point: `sets` question sets of two
// measurements (the first answered twice and judged poisoned, the second
// unanswered and insufficient), with an ICMP error, a redaction and findings.
// The payload hash follows from `number`.
JudgedBatch SampleBatch(std::int64_t vantage_id, std::uint32_t number,
                        std::uint32_t sets = 2);

// Name of the set `set` in every sample batch.
std::string SampleName(std::uint32_t set);

}  // namespace taster::store
