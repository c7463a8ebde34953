// SPDX-License-Identifier: Apache-2.0
// Which tables of networks were in use.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "collector/reference/networks.h"

namespace taster::store {

// As taster_ingest. Keeps what `networks.snapshot` names; does nothing when it
// is kept already. REQUIRES: the snapshot is not empty.
absl::Status RecordNetworkSnapshot(const std::string& connection,
                                   const reference::Networks& networks);

}  // namespace taster::store
