// SPDX-License-Identifier: Apache-2.0
// Lines of a file or of the standard input, compressed or not.
#pragma once

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "collector/exchange/line_source.h"

namespace taster::offline {

// `path` "-" is the standard input. Gzip is recognised by its first bytes. Of a
// line that is longer than `longest` bytes one byte more than that is given,
// and the rest skipped, so that whoever reads it sees that it is too long.
// Errors: NotFound. Of the source: DataLoss when compressed data is damaged or
// ends too early.
absl::StatusOr<exchange::LineSource> OpenLines(const std::string& path,
                                               std::size_t longest);

}  // namespace taster::offline
