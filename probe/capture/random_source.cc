// SPDX-License-Identifier: Apache-2.0
// Draws blocks by getrandom(2).
#include "probe/capture/random_source.h"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace taster::capture {

void RandomSource::Draw(void* out, std::size_t size) {
  if (used_ + size > block_.size()) {
    std::size_t filled = 0;
    while (filled < block_.size()) {
      const ssize_t got =
          getrandom(block_.data() + filled, block_.size() - filled, 0);
      if (got < 0 && errno != EINTR) std::abort();
      if (got > 0) filled += static_cast<std::size_t>(got);
    }
    used_ = 0;
  }
  std::memcpy(out, block_.data() + used_, size);
  used_ += size;
}

std::uint64_t RandomSource::Next64() {
  std::uint64_t value = 0;
  Draw(&value, sizeof(value));
  return value;
}

std::uint32_t RandomSource::Next32() {
  std::uint32_t value = 0;
  Draw(&value, sizeof(value));
  return value;
}

}  // namespace taster::capture
