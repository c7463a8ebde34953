// SPDX-License-Identifier: Apache-2.0
// The commands' clock, and moments as text.
#pragma once

#include <chrono>
#include <string>

#include "collector/store/judged_batch.h"

namespace taster::cli {

store::Time Now();

// "2026-11-22T12:34:56.123456Z".
std::string TimeToText(store::Time time);

}  // namespace taster::cli
