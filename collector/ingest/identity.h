// SPDX-License-Identifier: Apache-2.0
// Who the collector is to its probes: a TLS key that they pin and a key that
// signs receipts.
#pragma once

#include <filesystem>
#include <string>

#include "absl/status/statusor.h"
#include "proto/envelope/sign.h"

namespace taster::ingest {

struct Identity {
  std::string certificate_pem;  // Self-signed; only its key matters.
  std::string private_key_pem;
  // "sha256/BASE64" of the SubjectPublicKeyInfo, as probes pin it.
  std::string pin;
  envelope::SigningKey receipt_key;
};

// Loads the identity from `directory`, or makes one there (directory 0700,
// files 0600, written whole or not at all). FailedPrecondition when files of
// it are missing, readable by others, or do not fit each other: keys are never
// replaced silently, since every probe pins them.
absl::StatusOr<Identity> LoadOrMakeIdentity(
    const std::filesystem::path& directory);

}  // namespace taster::ingest
