// SPDX-License-Identifier: Apache-2.0
// Tells how an answered address served its client.
#pragma once

#include <string>

#include "collector/explain/story.h"

namespace taster::explain {

// Who went where, what came of it, and what others found: clients in free
// networks, and from the same network those of the control name. REQUIRES:
// judge::IsCheck of the measurement.
std::string CheckStory(const Told& told);

// Class and mechanism in words, with a dot at the end. REQUIRES: as above.
std::string CheckVerdict(const Told& told);

}  // namespace taster::explain
