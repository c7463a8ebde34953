// SPDX-License-Identifier: Apache-2.0
// Where a reader's text comes from.
#pragma once

#include <functional>
#include <string>

#include "absl/status/statusor.h"

namespace taster::exchange {

// Puts the next line, without its end, into the string; false when there are
// no more. Who calls a reader opens, decompresses and closes the file.
using LineSource = std::function<absl::StatusOr<bool>(std::string*)>;

}  // namespace taster::exchange
