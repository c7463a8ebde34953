// SPDX-License-Identifier: Apache-2.0
// The signals that end a server.
#pragma once

#include <csignal>

namespace taster::cli {

// Blocks them, in this thread and in all that it will start; then sigwait takes
// them. Writing to who has gone is an error, and no signal.
sigset_t BlockEndSignals();

}  // namespace taster::cli
