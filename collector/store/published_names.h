// SPDX-License-Identifier: Apache-2.0
// Names for what is published, which SQL cannot make: domains in their own
// script, registrable domains, whose networks and addresses they are.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "collector/reference/networks.h"

namespace taster::store {

// As taster_judge. Names what has no name yet, or one from other tables than
// `networks`; what these do not know is stored as not known. Returns how many
// rows were written.
absl::StatusOr<std::int64_t> NamePublished(const std::string& connection,
                                           const reference::Networks& networks);

}  // namespace taster::store
