// SPDX-License-Identifier: Apache-2.0
// Exit codes of the commands (sysexits.h, where it has one).
#pragma once

#include "absl/status/status.h"

namespace taster::cli {

enum ExitCode : int {
  kOk = 0,
  kUsage = 64,
  kBadData = 65,
  kUnavailable = 69,
  kInternal = 70,
  kTryLater = 75,
  kNoPermission = 77,
  kBadConfiguration = 78,
  kInterrupted = 130,
};

// What a command that failed with `status` exits with.
ExitCode ExitCodeOf(const absl::Status& status);

// Prints "taster-collector: MESSAGE" to stderr and returns the exit code.
int Fail(const absl::Status& status);

}  // namespace taster::cli
