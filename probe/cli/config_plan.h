// SPDX-License-Identifier: Apache-2.0
// The part of a configuration that says what is asked, and of whom.
#pragma once

#include <filesystem>
#include <string>

#include "probe/cli/config.h"
#include "probe/cli/config_fields.h"

namespace taster::cli {

// Tables `plan` and `spool`.
void TakePlan(ConfigFields& fields, Config* config);

// An absolute path without "..".
void TakePath(ConfigFields& fields, const std::string& key,
              std::filesystem::path* into);

}  // namespace taster::cli
