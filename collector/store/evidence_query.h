// SPDX-License-Identifier: Apache-2.0
// The queries that turn evidence tables back into rows. Only for this room's
// .cc files: libpqxx's exceptions pass through.
#pragma once

#include <cstdint>
#include <map>
#include <pqxx/pqxx>
#include <set>
#include <utility>

#include "collector/store/batch_rows.h"
#include "collector/store/judged_batch.h"

namespace taster::store {

// One batch's measurements by ordinal.
using StoredMeasurements =
    std::map<std::pair<BatchKey, std::uint32_t>, MeasurementRow>;

// Measurements and responses of whole batches; replies carry the arrival's
// facts and what was decoded into columns.
StoredMeasurements QueryEvidence(const std::set<BatchKey>& batches,
                                 pqxx::transaction_base* transaction);

// ICMP errors and redactions of one measurement.
void QueryCircumstances(const BatchKey& key, MeasurementRow* row,
                        pqxx::transaction_base* transaction);

}  // namespace taster::store
