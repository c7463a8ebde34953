// SPDX-License-Identifier: Apache-2.0
// What every command does before anything else.
#pragma once

namespace taster::cli {

// Opens what is closed of standard input, output and error, so that no state
// file takes its number and is written to by mistake; ignores SIGPIPE, so that
// a reader that leaves ends us quietly; allows no core dump, which would hold
// the secret.
void PrepareProcess();

}  // namespace taster::cli
