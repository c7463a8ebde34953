// SPDX-License-Identifier: Apache-2.0
// Records of all kinds, made by chance.
#pragma once

#include <random>
#include <vector>

#include "collector/exchange/record.h"

namespace taster::exchange {

enum class Bytes { kKnown, kUnknown };

// A set: records of one role, set and network. With known bytes each is what
// dissecting its own bytes gives, malformed and foreign replies included.
std::vector<Record> RandomSet(Bytes bytes, std::mt19937* random);

}  // namespace taster::exchange
