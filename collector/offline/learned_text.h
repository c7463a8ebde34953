// SPDX-License-Identifier: Apache-2.0
// What was learned, written so that somebody can check it.
#pragma once

#include <string>
#include <vector>

#include "collector/offline/casebook.h"

namespace taster::offline {

// One JSON object: for each network its pools, with each address its owner,
// first and last day, and the names that drew it; and the addresses that are
// shared without being a pool.
std::string LearnedText(const std::vector<LearnedIn>& learned);

}  // namespace taster::offline
