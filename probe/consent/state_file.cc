// SPDX-License-Identifier: Apache-2.0
// temp, fsync, rename, fsync directory; O_NOFOLLOW throughout.
#include "probe/consent/state_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace taster::consent {
namespace {

constexpr mode_t kOthersWrite = S_IWGRP | S_IWOTH;
constexpr mode_t kOthersAll = S_IRWXG | S_IRWXO;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }

 private:
  int fd_;
};

absl::Status Failed(const char* what, const std::filesystem::path& path) {
  const int error = errno;
  const std::string message =
      std::string(what) + " " + path.string() + ": " + std::strerror(error);
  if (error == ENOENT) return absl::NotFoundError(message);
  return absl::FailedPreconditionError(message);
}

absl::Status Unfit(const std::filesystem::path& path, const char* why) {
  return absl::FailedPreconditionError(path.string() + " " + why);
}

bool WriteAll(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

absl::Status SyncDirectory(const std::filesystem::path& directory) {
  const Descriptor fd(
      ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd.ok() || ::fsync(fd.get()) != 0) return Failed("sync", directory);
  return absl::OkStatus();
}

absl::Status WriteTemporary(const std::filesystem::path& path,
                            std::string_view content) {
  ::unlink(path.c_str());  // Left by a crash.
  const Descriptor fd(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
             0600));
  if (!fd.ok()) return Failed("create", path);
  if (!WriteAll(fd.get(), content)) return Failed("write", path);
  if (::fsync(fd.get()) != 0) return Failed("sync", path);
  return absl::OkStatus();
}

absl::Status CheckFile(int fd, const std::filesystem::path& path) {
  struct stat info {};
  if (::fstat(fd, &info) != 0) return Failed("stat", path);
  if (!S_ISREG(info.st_mode)) return Unfit(path, "is not a regular file");
  if (info.st_uid != ::geteuid()) return Unfit(path, "has another owner");
  if ((info.st_mode & kOthersAll) != 0) {
    return Unfit(path, "is open to others: chmod 600 it");
  }
  if (info.st_nlink != 1) return Unfit(path, "has a second name (hard link)");
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteStateFile(const std::filesystem::path& path,
                            std::string_view content) {
  auto temporary = path;
  temporary += ".new";
  if (auto status = WriteTemporary(temporary, content); !status.ok()) {
    return status;
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    return Failed("rename", temporary);
  }
  return SyncDirectory(path.parent_path());
}

absl::StatusOr<std::string> ReadStateFile(const std::filesystem::path& path,
                                          std::size_t max_bytes) {
  // O_NONBLOCK: a FIFO in its place must not hang us.
  const Descriptor fd(
      ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!fd.ok()) return Failed("open", path);
  if (auto status = CheckFile(fd.get(), path); !status.ok()) return status;
  std::string content(max_bytes + 1, '\0');
  std::size_t size = 0;
  while (size < content.size()) {
    const ssize_t got =
        ::read(fd.get(), content.data() + size, content.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Failed("read", path);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > max_bytes) return Unfit(path, "is too large");
  content.resize(size);
  return content;
}

absl::Status CheckStateDirectory(const std::filesystem::path& directory) {
  struct stat info {};
  if (::lstat(directory.c_str(), &info) != 0) return Failed("stat", directory);
  if (!S_ISDIR(info.st_mode)) return Unfit(directory, "is not a directory");
  if (info.st_uid != ::geteuid()) return Unfit(directory, "has another owner");
  if ((info.st_mode & kOthersWrite) != 0) {
    return Unfit(directory, "is writable by others: chmod 700 it");
  }
  return absl::OkStatus();
}

absl::Status PrepareStateDirectory(const std::filesystem::path& directory) {
  if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) {
    return absl::FailedPreconditionError(
        std::string(Failed("create", directory).message()));
  }
  if (auto status = CheckStateDirectory(directory); !status.ok()) {
    return status;
  }
  const Descriptor fd(::open(directory.c_str(),
                             O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!fd.ok() || ::fchmod(fd.get(), 0700) != 0) {
    return Failed("close to others", directory);
  }
  return absl::OkStatus();
}

}  // namespace taster::consent
