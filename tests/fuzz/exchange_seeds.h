// SPDX-License-Identifier: Apache-2.0
// Seeds for the readers of other people's formats.
#pragma once

#include <map>
#include <string>

namespace taster::exchange {

// Adds them under "fuzz_exchange/".
void AddSeeds(std::map<std::string, std::string>* seeds);

}  // namespace taster::exchange
