// SPDX-License-Identifier: Apache-2.0
// One OONI measurement: its network, its time, and all DNS questions in it.
#pragma once

#include <cstddef>
#include <vector>

#include "collector/exchange/json_place.h"
#include "collector/exchange/record.h"

namespace taster::exchange {

// Every record of the measurement `root`, probe's first. `line` is where it
// stands; it tells apart measurements without an id of their own. Worth
// nothing when the complaint says so.
std::vector<Record> ReadMeasurement(const Place& root, std::size_t line);

}  // namespace taster::exchange
