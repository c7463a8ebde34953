// SPDX-License-Identifier: Apache-2.0
// Verifies a peer's certificate chain and keeps it, whatever is wrong with it.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "probe/capture/witness.h"
#include "proto/net/ip_address.h"

namespace taster::capture {

struct FreeSslContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using SslContext = std::unique_ptr<SSL_CTX, FreeSslContext>;

// What the check of one connection's chain said.
struct CheckedChain {
  // As the peer sent it, its own first, DER. Empty: none came.
  std::vector<std::vector<std::uint8_t>> certificates;
  std::optional<CertificateFault> fault;
  bool valid = false;  // The chain was checked and nothing is wrong with it.
};

// A client's settings: TLS 1.2 or later, every chain verified, no session
// resumed. Trusts the file's certificates alone; an empty name: those that
// this system trusts, whatever the environment says.
// Errors: FailedPrecondition when nothing is trusted (else every honest server
// would look forged), Internal.
absl::StatusOr<SslContext> OpenSslContext(const std::string& ca_file);

// Has `ssl` check that the chain is valid for `name`, or for `address` where
// `name` is empty, and tell `chain`, which must outlive its handshake. A name
// is also told by SNI. False: nobody can be called so.
bool Expect(const std::string& name, const net::IpAddress& address,
            CheckedChain* chain, SSL* ssl);

}  // namespace taster::capture
