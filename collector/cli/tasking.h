// SPDX-License-Identifier: Apache-2.0
// What controls are still to be asked for when the collector starts.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "collector/ingest/task_desk.h"
#include "collector/store/judged_batch.h"

namespace taster::cli {

// Tells the desk what volunteers measured today and yesterday, and which of it
// controls have answered within the last hour. `connection`: as taster_judge.
// `answers`: everything that controls have said.
absl::Status RestoreDemand(const std::string& connection,
                           const std::vector<store::ControlRow>& answers,
                           ingest::TaskDesk* desk);

// One line of the log.
void LogDemand(const ingest::TaskDesk& desk);

}  // namespace taster::cli
