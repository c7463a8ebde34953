// SPDX-License-Identifier: Apache-2.0
// What judging again came to, for people and for programs.
#pragma once

#include <string>

#include "collector/control/review.h"

namespace taster::cli {

// Old class -> new class with counts, then a line for each changed cell with
// the rules that fire now and those that no longer do.
std::string ReviewTable(const control::Review& review, bool dry_run);

// One JSON object, "taster-rejudged/1".
std::string ReviewJson(const control::Review& review, bool dry_run);

}  // namespace taster::cli
