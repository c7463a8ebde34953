// SPDX-License-Identifier: Apache-2.0
// How the controls do, for people.
#pragma once

#include <string>
#include <vector>

#include "collector/store/control_health.h"

namespace taster::cli {

// A line a control, columns aligned, below a heading. Empty where there is
// none.
std::string ControlTable(const std::vector<store::ControlHealthRow>& controls);

}  // namespace taster::cli
