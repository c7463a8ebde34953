// SPDX-License-Identifier: Apache-2.0
// From the wire's messages to rows that the rest of the collector can trust.
#pragma once

#include <optional>
#include <vector>

#include "collector/store/judged_batch.h"
#include "proto/net/ip_address.h"
#include "taster/v1/collection.pb.h"
#include "taster/v1/measurement.pb.h"

namespace taster::ingest {

// What became of a batch's measurements, each in exactly one of the two lists.
struct Admitted {
  std::vector<store::MeasurementRow> rows;
  std::vector<v1::RefusedMeasurement> refused;  // By ordinal.
};

// Checks every field of every measurement, dissects what is well formed, and
// refuses the others one by one. `peer` is the address that the batch came
// from: a measurement in whose replies it still stands was not masked, and is
// refused. Absent: not known, not checked. The address is not kept.
Admitted AdmitMeasurements(const v1::Batch& batch,
                           const std::optional<net::IpAddress>& peer);

}  // namespace taster::ingest
