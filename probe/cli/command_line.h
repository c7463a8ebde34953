// SPDX-License-Identifier: Apache-2.0
// Parses the command line and runs the command that it names.
#pragma once

#include "probe/cli/edges.h"

namespace taster::cli {

// What main returns.
int RunCommandLine(int argc, const char* const* argv, const Edges& edges);

}  // namespace taster::cli
