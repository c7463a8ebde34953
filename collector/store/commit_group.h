// SPDX-License-Identifier: Apache-2.0
// One transaction for many batches.
#pragma once

#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "collector/store/encoded_batch.h"
#include "collector/store/session.h"

namespace taster::store {

// Ledger first: batches whose row is new are copied, the others are told apart
// by their payload's hash. Equal ids within the group count as sent one after
// the other. Results are in the order of `group`.
//
// On an error nothing of the group is stored, except that Unknown says that
// COMMIT was sent and its answer never came.
absl::StatusOr<std::vector<PutResult>> CommitGroup(
    std::span<const EncodedBatch* const> group, Session* session);

}  // namespace taster::store
