// SPDX-License-Identifier: Apache-2.0
// Reads our own evidence.
#pragma once

#include "absl/status/status.h"
#include "collector/exchange/line_source.h"
#include "collector/exchange/record.h"

namespace taster::exchange {

// One TasterLine a line, dissected. Ordinals count from 0 the records that
// stand side by side in one set.
//
// Errors: what `lines` or `sink` return.
absl::Status ReadTaster(const LineSource& lines, const Sink& sink);

}  // namespace taster::exchange
