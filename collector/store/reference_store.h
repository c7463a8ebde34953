// SPDX-License-Identifier: Apache-2.0
// What is known before anything is measured, and what controls have said:
// loaded whole, at start.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "collector/reference/rows.h"
#include "collector/store/judged_batch.h"

namespace taster::store {

// As taster_ingest or taster_judge. Of one moment; pools and injectors by id,
// addresses by position.
absl::StatusOr<reference::SeedRows> LoadReference(
    const std::string& connection);

// As taster_ingest or taster_judge. One row for each distinct answer and
// control, with the last time it was seen; without those of controls that
// cannot be believed, and those that they first gave while they could not.
absl::StatusOr<std::vector<ControlRow>> LoadControlAnswers(
    const std::string& connection);

}  // namespace taster::store
