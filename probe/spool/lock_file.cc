// SPDX-License-Identifier: Apache-2.0
// flock on a file that holds "pid recorded released" in fixed width.
#include "probe/spool/lock_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cinttypes>
#include <cstdio>
#include <string>

namespace taster::spool {
namespace {

struct Content {
  long pid = 0;
  Tally tally;
};

Content ReadContent(int fd) {
  std::array<char, 80> text{};
  Content content;
  if (::pread(fd, text.data(), text.size() - 1, 0) <= 0) return content;
  Content read;
  if (std::sscanf(text.data(), "%10ld %20" SCNu64 " %20" SCNu64 "\n", &read.pid,
                  &read.tally.recorded, &read.tally.released) == 3) {
    content = read;
  }
  return content;
}

}  // namespace

absl::StatusOr<LockFile> LockFile::Take(const std::filesystem::path& path) {
  const int fd =
      ::open(path.c_str(),
             O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
  if (fd < 0) {
    return absl::FailedPreconditionError("cannot open " + path.string());
  }
  LockFile lock(fd);
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    return absl::UnavailableError("in use by pid " +
                                  std::to_string(ReadContent(fd).pid));
  }
  lock.found_ = ReadContent(fd).tally;
  lock.Write(lock.found_);
  return lock;
}

LockFile::~LockFile() {
  if (fd_ >= 0) ::close(fd_);
}

LockFile::LockFile(LockFile&& other) noexcept
    : fd_(other.fd_), found_(other.found_) {
  other.fd_ = -1;
}

void LockFile::Write(const Tally& tally) {
  std::array<char, 80> text{};
  const int size = std::snprintf(
      text.data(), text.size(), "%10ld %20" PRIu64 " %20" PRIu64 "\n",
      static_cast<long>(::getpid()), tally.recorded, tally.released);
  // A failure leaves an old tally, which is allowed.
  [[maybe_unused]] const auto written =
      ::pwrite(fd_, text.data(), static_cast<std::size_t>(size), 0);
}

}  // namespace taster::spool
