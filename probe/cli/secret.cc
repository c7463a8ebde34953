// SPDX-License-Identifier: Apache-2.0
// 64 hex digits in a file of mode 0600.
#include "probe/cli/secret.h"

#include "probe/consent/state_file.h"

namespace taster::cli {
namespace {

constexpr std::size_t kFileBytes = 65;  // 64 digits and a newline.

absl::StatusOr<envelope::Secret> Create(const std::filesystem::path& path) {
  const envelope::Secret secret = envelope::RandomSecret();
  auto status = consent::WriteStateFile(path, envelope::ToHex(secret) + "\n");
  if (!status.ok()) return status;
  return secret;
}

}  // namespace

absl::StatusOr<envelope::Secret> LoadOrCreateSecret(
    const std::filesystem::path& state_dir) {
  const auto path = state_dir / "secret";
  const auto text = consent::ReadStateFile(path, kFileBytes);
  if (absl::IsNotFound(text.status())) return Create(path);
  if (!text.ok()) return text.status();
  envelope::Secret secret;
  if (text->size() != kFileBytes || text->back() != '\n' ||
      !envelope::FromHex(text->substr(0, kFileBytes - 1), secret)) {
    return absl::FailedPreconditionError(
        path.string() +
        " does not hold a secret; remove it to get a new key, "
        "which must then be enrolled again");
  }
  return secret;
}

}  // namespace taster::cli
