// SPDX-License-Identifier: Apache-2.0
// Numbers and bytes in network order.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace taster::control::dnssec {

inline void Append8(std::uint8_t number, std::string* bytes) {
  bytes->push_back(static_cast<char>(number));
}

inline void Append16(std::uint16_t number, std::string* bytes) {
  Append8(static_cast<std::uint8_t>(number >> 8), bytes);
  Append8(static_cast<std::uint8_t>(number & 0xff), bytes);
}

inline void Append32(std::uint32_t number, std::string* bytes) {
  Append16(static_cast<std::uint16_t>(number >> 16), bytes);
  Append16(static_cast<std::uint16_t>(number & 0xffff), bytes);
}

inline void Append(std::span<const std::uint8_t> more, std::string* bytes) {
  bytes->append(reinterpret_cast<const char*>(more.data()), more.size());
}

}  // namespace taster::control::dnssec
