// SPDX-License-Identifier: Apache-2.0
// Whether a COMMIT of this server can be trusted.
#pragma once

#include "absl/status/status.h"
#include "collector/store/session.h"

namespace taster::store {

// FailedPrecondition, naming each setting, unless what COMMIT acknowledged
// survives a power cut: synchronous_commit on (or remote_apply), fsync on,
// full_page_writes on.
absl::Status CheckDurability(Session* session);

}  // namespace taster::store
