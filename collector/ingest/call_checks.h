// SPDX-License-Identifier: Apache-2.0
// What every call is held against before it is looked at.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "collector/ingest/vantage.h"

namespace taster::ingest {

// The message of an internal error is ours alone; outsiders get the code.
grpc::Status ToGrpc(const absl::Status& status);

// InvalidArgument without a deadline; DeadlineExceeded when an answer could not
// arrive before it.
absl::Status CheckDeadline(const grpc::CallbackServerContext& context);
// How long until then. REQUIRES: a deadline.
std::chrono::milliseconds TimeLeft(const grpc::CallbackServerContext& context);

// Unauthenticated unless `vantage_key` is an enrolled vantage point's.
absl::StatusOr<Vantage> FindCaller(const std::string& vantage_key,
                                   const FindVantage& find_vantage);

}  // namespace taster::ingest
