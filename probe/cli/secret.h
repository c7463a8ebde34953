// SPDX-License-Identifier: Apache-2.0
// The probe's secret, from which its key in each network is derived.
#pragma once

#include <filesystem>

#include "absl/status/statusor.h"
#include "proto/envelope/sign.h"

namespace taster::cli {

// Reads the secret in `state_dir`; makes one when there is none. A file that
// is not exactly a secret is never replaced: FailedPrecondition.
absl::StatusOr<envelope::Secret> LoadOrCreateSecret(
    const std::filesystem::path& state_dir);

}  // namespace taster::cli
