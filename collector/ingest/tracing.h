// SPDX-License-Identifier: Apache-2.0
// What a trace among a batch's sets shows: at which hop an injector sits.
#pragma once

#include <cstdint>
#include <vector>

#include "collector/judge/verdict.h"
#include "collector/store/judged_batch.h"

namespace taster::ingest {

// True iff the set asks nothing but steps of a trace.
bool IsTrace(const std::vector<const store::MeasurementRow*>& members);

// One row for each injector that was located; one without a hop where nothing
// forged was seen. `set` is `members` as a case, `verdict` what the judge makes
// of it, which tells forged replies from genuine ones.
std::vector<store::TraceRow> ReadTrace(
    const std::vector<const store::MeasurementRow*>& members,
    const judge::Case& set, const judge::SetVerdict& verdict);

}  // namespace taster::ingest
