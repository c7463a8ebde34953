// SPDX-License-Identifier: Apache-2.0
// Messages of failure, and their codes.
#include "probe/cli/exit_code.h"

#include <cstdio>

#include "probe/cli/terminal_text.h"

namespace taster::cli {

ExitCode Refuse(const Refusal& refusal) {
  std::fprintf(stderr, "taster-probe: %s\n",
               Printable(refusal.message).c_str());
  return refusal.code;
}

ExitCode CodeOf(const absl::Status& measured) {
  switch (measured.code()) {
    case absl::StatusCode::kOk:
      return kDone;
    case absl::StatusCode::kResourceExhausted:
      return kTryLater;
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kInvalidArgument:
      return kBadConfiguration;
    case absl::StatusCode::kPermissionDenied:
      return kNotPermitted;
    case absl::StatusCode::kDataLoss:
      return kBadData;
    default:
      return kInternal;
  }
}

Refusal SpoolRefusal(const absl::Status& status) {
  const std::string message = "spool: " + std::string(status.message());
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:  // "in use by pid N"
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kNotFound:
      return {kBadData, message};
    case absl::StatusCode::kFailedPrecondition:
      return {kBadConfiguration, message};
    case absl::StatusCode::kResourceExhausted:
      return {kTryLater, message};
    default:
      return {kInternal, message};
  }
}

}  // namespace taster::cli
