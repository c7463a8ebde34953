// SPDX-License-Identifier: Apache-2.0
// Makes the embedded server's data directory.
#pragma once

#include "absl/status/status.h"
#include "collector/store/embedded_postgres_layout.h"

namespace taster::store {

// Makes a cluster in layout.data_dir unless there is one: beside it first,
// then renamed, so that one that was interrupted leaves nothing that counts.
// FailedPrecondition for data of another major version.
absl::Status MakeCluster(const EmbeddedLayout& layout);

}  // namespace taster::store
