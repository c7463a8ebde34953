// SPDX-License-Identifier: Apache-2.0
// What the process tells its caller; the same codes as the collector's.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace taster::cli {

enum ExitCode : int {
  kDone = 0,
  kUsage = 64,
  kBadData = 65,      // Target list, spool.
  kUnavailable = 69,  // Collector out of reach; data is safe in the spool.
  kInternal = 70,
  kTryLater = 75,
  kNotPermitted = 77,  // Consent or enrolment missing; policy; root.
  kBadConfiguration = 78,
  kInterrupted = 130,
};

// A command that cannot go on: its message and its exit code.
struct Refusal {
  ExitCode code = kInternal;
  std::string message;
};

// Prints "taster-probe: MESSAGE" to stderr, escaped, and returns the code.
ExitCode Refuse(const Refusal& refusal);

// What came of measuring.
ExitCode CodeOf(const absl::Status& measured);

// For a spool that cannot be opened or has failed.
Refusal SpoolRefusal(const absl::Status& status);

}  // namespace taster::cli
