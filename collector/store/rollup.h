// SPDX-License-Identifier: Apache-2.0
// The statements that merge: counts of cells and answers of controls.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "collector/store/batch_rows.h"
#include "collector/store/session.h"

namespace taster::store {

// Adds (or, for negative counts, takes away) within the open transaction.
// Cells that reach zero stay, as zero.
absl::Status AddToCells(const CellCounts& counts, Session* session);

// Inserts what is new and widens [first_time, last_time] of what is known.
// Answers may repeat.
absl::Status MergeControl(const std::vector<const ControlRow*>& answers,
                          Session* session);

}  // namespace taster::store
