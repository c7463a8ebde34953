// SPDX-License-Identifier: Apache-2.0
// A gRPC channel to a collector that is known by its public key alone.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>

#include "absl/status/status.h"
#include "probe/uplink/pin_verifier.h"
#include "probe/uplink/uplink.h"

namespace taster::uplink {

// InvalidArgument unless there are pins and an endpoint.
absl::Status CheckUplinkOptions(const UplinkOptions& options);

// Fresh, with no memory of failures; not connected yet. `mismatch` is reset.
std::shared_ptr<grpc::Channel> MakePinnedChannel(const UplinkOptions& options,
                                                 const MismatchFlag& mismatch);

// What a failed call means: PermissionDenied where the collector's key was not
// pinned, else the call's own code.
absl::Status FailureOf(const grpc::Status& status,
                       const MismatchFlag& mismatch);

}  // namespace taster::uplink
