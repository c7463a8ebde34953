// SPDX-License-Identifier: Apache-2.0
// Writes records as OONI measurements.
#pragma once

#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "collector/exchange/record.h"
#include "collector/judge/verdict.h"

namespace taster::exchange {

// A record and what was judged of it; nullptr: not judged. Both must outlive
// the writing.
struct JudgedRecord {
  const Record* record = nullptr;
  const judge::MeasurementVerdict* verdict = nullptr;
};

// One measurement in OONI's format, on one line without its end, that holds
// all of `records`: a query each, late replies apart. ReadOoni gives the same
// records back. Text that is not UTF-8 is not kept.
//
// InvalidArgument: no records, or not all of one role, set and network.
absl::StatusOr<std::string> OoniLine(std::span<const JudgedRecord> records);

}  // namespace taster::exchange
