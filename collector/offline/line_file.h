// SPDX-License-Identifier: Apache-2.0
// Lines of a file or of the standard input, compressed or not.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "collector/exchange/line_source.h"

namespace taster::offline {

// `path` "-" is the standard input. Gzip is recognised by its first bytes.
// Errors of the source: NotFound; InvalidArgument for a line of more than
// 8 MiB, with its number; DataLoss when compressed data is damaged or ends too
// early.
absl::StatusOr<exchange::LineSource> OpenLines(const std::string& path);

}  // namespace taster::offline
