// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/exit_code.h"

#include <cstdio>
#include <string>

namespace taster::cli {

ExitCode ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kOk;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
      return kUsage;
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kDataLoss:
      return kBadData;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return kUnavailable;
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kAborted:
      return kTryLater;
    case absl::StatusCode::kPermissionDenied:
      return kNoPermission;
    case absl::StatusCode::kFailedPrecondition:
      return kBadConfiguration;
    default:
      return kInternal;
  }
}

int Fail(const absl::Status& status) {
  const std::string message(status.message());
  std::fprintf(stderr, "taster-collector: %s\n", message.c_str());
  return ExitCodeOf(status);
}

}  // namespace taster::cli
