// SPDX-License-Identifier: Apache-2.0
// Hands batches to the collector over gRPC and TLS, to a pinned key only.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "proto/envelope/sign.h"
#include "taster/v1/collection.pb.h"

namespace taster::uplink {

struct UplinkOptions {
  std::string endpoint;  // "host:port"
  // SHA-256 of the collector's SubjectPublicKeyInfo; any one must match. The
  // certificate's name, issuer and dates are not looked at: the pin is the
  // identity, and a probe's clock may be wrong.
  std::vector<envelope::Hash> pins;
  envelope::PublicKey receipt_key{};
  std::string server_name;  // SNI; empty: the endpoint's host.
  std::chrono::milliseconds deadline{20'000};
};

// Thread-compatible. No fallback: a server with another key gets nothing but
// the start of a handshake.
class Uplink {
 public:
  static absl::StatusOr<std::unique_ptr<Uplink>> Open(UplinkOptions options);
  virtual ~Uplink() = default;

  // A receipt whose signature covers this batch; PermissionDenied when the
  // pin or the receipt's signature fails, Unavailable / DeadlineExceeded /
  // ResourceExhausted when it may be tried again, Unauthenticated when the
  // key is not enrolled.
  virtual absl::StatusOr<v1::Receipt> Submit(
      const v1::SubmitBatchRequest& request) = 0;
};

}  // namespace taster::uplink
