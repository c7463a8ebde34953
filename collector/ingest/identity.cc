// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/identity.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

#include "collector/ingest/certificate.h"

namespace taster::ingest {
namespace {

namespace fs = std::filesystem;

constexpr char kCertificateFile[] = "tls.crt";
constexpr char kPrivateKeyFile[] = "tls.key";
constexpr char kReceiptSeedFile[] = "receipt.seed";
constexpr mode_t kOthersBits = S_IRWXG | S_IRWXO;

absl::Status Errno(const std::string& what, const fs::path& path) {
  return absl::InternalError(what + " " + path.string() + ": " +
                             std::strerror(errno));
}

absl::Status WriteDurably(const fs::path& path, const std::string& contents) {
  const int fd =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return Errno("create", path);
  const auto written = ::write(fd, contents.data(), contents.size());
  const bool ok =
      written == static_cast<ssize_t>(contents.size()) && ::fsync(fd) == 0;
  ::close(fd);
  return ok ? absl::OkStatus() : Errno("write", path);
}

absl::Status SyncDirectory(const fs::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return Errno("open", path);
  const bool ok = ::fsync(fd) == 0;
  ::close(fd);
  return ok ? absl::OkStatus() : Errno("sync", path);
}

absl::StatusOr<std::string> ReadPrivate(const fs::path& path) {
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) {
    return absl::FailedPreconditionError(
        path.string() +
        ": missing; restore the identity from a backup, since every probe "
        "pins it");
  }
  if (!S_ISREG(info.st_mode) || (info.st_mode & kOthersBits) != 0) {
    return absl::FailedPreconditionError(
        path.string() + ": must be a file that only its owner can read");
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream contents;
  contents << file.rdbuf();
  return contents.str();
}

// Makes everything in a sibling directory, then renames it into place: an
// interrupted first start leaves no half identity behind.
absl::Status Make(const fs::path& directory) {
  auto certificate = MakeCertificate();
  if (!certificate.ok()) return certificate.status();
  const envelope::Secret seed = envelope::RandomSecret();

  const fs::path fresh = directory.string() + ".new";
  std::error_code ignored;
  fs::remove_all(fresh, ignored);
  if (::mkdir(fresh.c_str(), 0700) != 0) return Errno("create", fresh);
  for (const auto& [name, contents] :
       {std::pair{kCertificateFile, certificate->certificate_pem},
        std::pair{kPrivateKeyFile, certificate->private_key_pem},
        std::pair{kReceiptSeedFile, envelope::ToHex(seed) + "\n"}}) {
    if (auto status = WriteDurably(fresh / name, contents); !status.ok()) {
      return status;
    }
  }
  if (auto status = SyncDirectory(fresh); !status.ok()) return status;
  if (::rename(fresh.c_str(), directory.c_str()) != 0) {
    return Errno("rename", fresh);
  }
  return SyncDirectory(directory.parent_path());
}

}  // namespace

absl::StatusOr<Identity> LoadOrMakeIdentity(const fs::path& directory) {
  if (!fs::exists(directory)) {
    if (auto status = Make(directory); !status.ok()) return status;
  }
  const auto certificate = ReadPrivate(directory / kCertificateFile);
  if (!certificate.ok()) return certificate.status();
  const auto private_key = ReadPrivate(directory / kPrivateKeyFile);
  if (!private_key.ok()) return private_key.status();
  auto seed_hex = ReadPrivate(directory / kReceiptSeedFile);
  if (!seed_hex.ok()) return seed_hex.status();

  while (seed_hex->ends_with('\n')) seed_hex->pop_back();
  envelope::Secret seed;
  if (!envelope::FromHex(*seed_hex, seed)) {
    return absl::FailedPreconditionError(
        (directory / kReceiptSeedFile).string() + ": not 64 hex digits");
  }
  const auto pin = PinOf({*certificate, *private_key});
  if (!pin.ok()) {
    return absl::FailedPreconditionError(directory.string() + ": " +
                                         std::string(pin.status().message()));
  }
  return Identity{*certificate, *private_key, *pin,
                  envelope::SigningKey::FromSeed(seed)};
}

}  // namespace taster::ingest
