// SPDX-License-Identifier: Apache-2.0
// Numbers that nobody off the path can guess: the kernel's generator, drawn in
// blocks so that a query does not cost a system call.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace taster::capture {

// Not thread-safe. Aborts when the kernel has no random numbers to give:
// predictable ids would be worse.
class RandomSource {
 public:
  std::uint64_t Next64();
  std::uint32_t Next32();

 private:
  void Draw(void* out, std::size_t size);

  // Large enough to make the system call cheap, small enough for the cache.
  std::array<std::uint8_t, 2048> block_{};
  std::size_t used_ = sizeof(block_);
};

}  // namespace taster::capture
