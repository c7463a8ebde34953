// SPDX-License-Identifier: Apache-2.0
// What a measurement says of a connection, field by field.
#pragma once

#include <chrono>

#include "collector/ingest/field_checks.h"
#include "collector/store/judged_batch.h"
#include "taster/v1/measurement.pb.h"

namespace taster::ingest {

// Of any duration that a probe tells.
inline constexpr std::chrono::microseconds kLongestWindow =
    std::chrono::minutes(1);

// Over a connection there are such facts, over UDP there are none.
void AdmitConnection(const v1::Measurement& from, FieldChecks& checks,
                     store::MeasurementRow& row);

// A check leads to a host, over a connection, and no DNS message answers it;
// nothing else does, or is served.
void AdmitCheck(FieldChecks& checks, const store::MeasurementRow& row);

}  // namespace taster::ingest
