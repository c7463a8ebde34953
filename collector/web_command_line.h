// SPDX-License-Identifier: Apache-2.0
// The command line of what is published: options of `serve`, and the commands
// `web` and `publish`.
#pragma once

#include <CLI/CLI.hpp>

#include "collector/cli/web_commands.h"

namespace taster::cli {

// --http, --http-any, --site and --public-url of `command`.
void AddWebOptions(CLI::App* command, WebOptions* options);

void AddWeb(CLI::App& app, WebOptions* options);
void AddPublish(CLI::App& app, PublishOptions* options);

}  // namespace taster::cli
