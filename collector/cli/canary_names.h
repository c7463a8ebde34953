// SPDX-License-Identifier: Apache-2.0
// Names whose answers an operator knows, to tell whether controls do.
#pragma once

#include <filesystem>

#include "absl/status/statusor.h"
#include "collector/control/health.h"

namespace taster::cli {

// One name a line, then all its addresses: "www.example.com 192.0.2.1
// 2001:db8::1"; '#' starts a comment. An empty path: none. InvalidArgument with
// the line's number for what is malformed, NotFound when it cannot be read.
absl::StatusOr<control::Canaries> ReadCanaryNames(
    const std::filesystem::path& path);

}  // namespace taster::cli
