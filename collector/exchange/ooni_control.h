// SPDX-License-Identifier: Apache-2.0
// What OONI's test helper says of a name (web_connectivity's control).
#pragma once

#include <vector>

#include "collector/exchange/json_place.h"
#include "collector/exchange/ooni_query.h"

namespace taster::exchange {

// Appends control records for the host of `input`, a URL: one for each family
// that was returned, NXDOMAIN or an empty answer for both. Nothing where the
// host is an address, the control failed, or only masked text is left.
//
// A family that is missing beside the other has no record: older test helpers
// asked for A alone, and a helper does not tell that one of two lookups failed.
void ReadControl(const Place& dns, std::string_view input,
                 const OoniMeasurement& measurement,
                 std::vector<Record>* records);

}  // namespace taster::exchange
