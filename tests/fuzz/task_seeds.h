// SPDX-License-Identifier: Apache-2.0
// Queries for work and leases, whole and spoiled.
#pragma once

#include <map>
#include <string>

namespace taster::envelope {

// Adds path below the seeds' directory, and content.
void AddTaskSeeds(std::map<std::string, std::string>* seeds);

}  // namespace taster::envelope
