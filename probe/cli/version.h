// SPDX-License-Identifier: Apache-2.0
// What --version prints and batches carry.
#pragma once

#include <string_view>

namespace taster::cli {

// The project's version, set by the build.
inline constexpr std::string_view kVersion = TASTER_VERSION;

}  // namespace taster::cli
