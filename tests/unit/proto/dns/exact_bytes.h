// SPDX-License-Identifier: Apache-2.0
// Bytes in a heap block of exactly their size, so that AddressSanitizer sees
// the first byte that is read beyond them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>

namespace taster::dns {

class ExactBytes {
 public:
  explicit ExactBytes(std::span<const std::uint8_t> bytes)
      : block_(new std::uint8_t[bytes.size()]), size_(bytes.size()) {
    std::copy(bytes.begin(), bytes.end(), block_.get());
  }

  std::span<const std::uint8_t> span() const { return {block_.get(), size_}; }

 private:
  std::unique_ptr<std::uint8_t[]> block_;
  std::size_t size_;
};

}  // namespace taster::dns
