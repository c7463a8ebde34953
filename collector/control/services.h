// SPDX-License-Identifier: Apache-2.0
// From connections to answered addresses to what is known of a name's hosts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "collector/judge/case.h"
#include "collector/store/judged_batch.h"

namespace taster::control {

// The registrable domain that a client of `asked.qname` was led to over HTTP;
// empty: to none but the name's own.
std::string RedirectDomain(const judge::Asked& asked);

// What a control probe's check teaches of its address. Nothing where no service
// showed whose it is: an address may be down here and up there.
std::optional<store::ControlRow> CheckRow(const store::MeasurementRow& row,
                                          std::int64_t vantage_id);

// The checks of the case's own names, by its own probe and by controls.
std::vector<judge::EndpointCheck> EndpointsOf(
    const std::vector<judge::Asked>& asked);

}  // namespace taster::control
