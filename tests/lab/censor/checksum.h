// SPDX-License-Identifier: Apache-2.0
// The Internet checksum (RFC 1071).
#pragma once

#include <cstdint>
#include <span>

namespace taster::lab {

// Sum of the 16-bit words; an odd last byte counts as a high byte. Good for
// some 65,000 words before it overflows.
constexpr std::uint32_t Sum(std::span<const std::uint8_t> bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    sum += (i % 2 == 0) ? std::uint32_t{bytes[i]} << 8 : bytes[i];
  }
  return sum;
}

// The checksum of a sum; 0 when the sum already contains its checksum.
constexpr std::uint16_t Fold(std::uint32_t sum) {
  while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

}  // namespace taster::lab
