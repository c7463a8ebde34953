// SPDX-License-Identifier: Apache-2.0
// Accepts a TLS server by its public key alone.
#pragma once

#include <grpcpp/security/tls_certificate_verifier.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "proto/envelope/sign.h"

namespace taster::uplink {

// SHA-256 of the SubjectPublicKeyInfo in a PEM certificate; nullopt when it is
// none.
std::optional<envelope::Hash> SpkiHash(std::string_view pem);

// Whether the last handshake met a key that is not pinned. Shared with the
// verifier, which gRPC owns and calls from its own threads.
using MismatchFlag = std::shared_ptr<std::atomic<bool>>;

class PinVerifier final
    : public grpc::experimental::ExternalCertificateVerifier {
 public:
  PinVerifier(std::vector<envelope::Hash> pins, MismatchFlag mismatch);

  bool Verify(grpc::experimental::TlsCustomVerificationCheckRequest* request,
              std::function<void(grpc::Status)> callback,
              grpc::Status* sync_status) override;
  void Cancel(
      grpc::experimental::TlsCustomVerificationCheckRequest* request) override;

 private:
  std::vector<envelope::Hash> pins_;
  MismatchFlag mismatch_;
};

}  // namespace taster::uplink
