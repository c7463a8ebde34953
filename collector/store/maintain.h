// SPDX-License-Identifier: Apache-2.0
// Keeps the database ready for the days ahead.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace taster::store {

// As taster_ingest: makes the day partitions that are missing ahead
// (taster.maintain() of the schema). Does nothing while another collector does
// the same.
absl::Status Maintain(const std::string& connection);

}  // namespace taster::store
