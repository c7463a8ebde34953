// SPDX-License-Identifier: Apache-2.0
// Runs a wire until a signal ends it.
#pragma once

#include "absl/status/status.h"
#include "tests/lab/censor/wire.h"

namespace taster::lab {

// Prints "ready" on standard output once frames flow. Returns at SIGINT or
// SIGTERM with the truth log flushed; SIGUSR1 flushes it at once and has
// "flushed" printed; each second flushes too.
absl::Status RunUntilSignal(Wire& wire, const Wire::Parts& parts);

}  // namespace taster::lab
