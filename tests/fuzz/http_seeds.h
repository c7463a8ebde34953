// SPDX-License-Identifier: Apache-2.0
// Seeds of fuzz_http_query.
#pragma once

#include <map>
#include <string>

namespace taster {

// Adds them under "fuzz_http_query/".
void AddTargets(std::map<std::string, std::string>* seeds);

}  // namespace taster
