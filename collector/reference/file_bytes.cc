// SPDX-License-Identifier: Apache-2.0
// Asks for the size, then reads.
#include "collector/reference/file_bytes.h"

#include <fstream>
#include <system_error>

#include "absl/status/status.h"

namespace taster::reference {

absl::StatusOr<std::string> ReadFile(const std::filesystem::path& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  std::ifstream file(path, std::ios::binary);
  if (error || !file) {
    return absl::NotFoundError("cannot open " + path.string());
  }
  if (size > kMostFileBytes) {
    return absl::ResourceExhaustedError(path.string() + ": larger than 1 GiB");
  }
  std::string bytes(static_cast<std::size_t>(size), '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(size));
  if (!file) return absl::DataLossError("cannot read " + path.string());
  return bytes;
}

}  // namespace taster::reference
