// SPDX-License-Identifier: Apache-2.0
// The TLS key of a collector, by OpenSSL.
#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace taster::ingest {

struct Certificate {
  std::string certificate_pem;
  std::string private_key_pem;
};

// A new P-256 key and a certificate that it signed itself, named `taster`,
// valid for a century: probes pin the key and look at nothing else.
absl::StatusOr<Certificate> MakeCertificate();

// "sha256/BASE64" of the certificate's SubjectPublicKeyInfo (RFC 7469 section
// 2.4). InvalidArgument unless the key belongs to the certificate.
absl::StatusOr<std::string> PinOf(const Certificate& certificate);

}  // namespace taster::ingest
