// SPDX-License-Identifier: Apache-2.0
// A file of allocated blocks.
#include "probe/spool/reserve.h"

#include <fcntl.h>
#include <unistd.h>

#include <system_error>
#include <utility>

namespace taster::spool {
namespace {

// Deleting one batch writes its zeroed pages into the log: 64 pages of 4 KiB
// for the largest, and a few of the tree.
constexpr off_t kReserveBytes = 512 << 10;

}  // namespace

Reserve::Reserve(std::filesystem::path path) : path_(std::move(path)) {
  Restore();
}

bool Reserve::Release() {
  std::error_code error;
  return std::filesystem::remove(path_, error);
}

void Reserve::Restore() {
  const int fd =
      ::open(path_.c_str(),
             O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
  if (fd < 0) return;
  const bool taken = ::posix_fallocate(fd, 0, kReserveBytes) == 0;
  ::close(fd);
  if (!taken) Release();
}

}  // namespace taster::spool
