// SPDX-License-Identifier: Apache-2.0
// Which types a name has: the bitmap of RFC 4034 section 4.1.2.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace taster::control::dnssec {

class TypeBitmap {
 public:
  TypeBitmap() = default;
  // nullopt: malformed.
  static std::optional<TypeBitmap> Read(std::span<const std::uint8_t> bytes);
  bool Has(std::uint16_t type) const;

 private:
  std::string windows_;  // As on the wire.
};

}  // namespace taster::control::dnssec
