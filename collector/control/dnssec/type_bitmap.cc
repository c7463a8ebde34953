// SPDX-License-Identifier: Apache-2.0
#include "collector/control/dnssec/type_bitmap.h"

#include "collector/control/dnssec/wire_writer.h"
#include "proto/dns/rdata_cursor.h"

namespace taster::control::dnssec {

std::optional<TypeBitmap> TypeBitmap::Read(
    std::span<const std::uint8_t> bytes) {
  dns::RdataCursor cursor(bytes);
  int previous = -1;
  while (!cursor.empty()) {
    const auto window = cursor.Take8();
    const auto length = cursor.Take8();
    if (!length || *length == 0 || *length > 32 || *window <= previous ||
        !cursor.TakeBytes(*length)) {
      return std::nullopt;
    }
    previous = *window;
  }
  TypeBitmap bitmap;
  Append(bytes, &bitmap.windows_);
  return bitmap;
}

bool TypeBitmap::Has(std::uint16_t type) const {
  const std::size_t octet = (type & 0xff) / 8;
  for (std::size_t at = 0; at < windows_.size();) {
    const auto window = static_cast<std::uint8_t>(windows_[at]);
    const auto length = static_cast<std::uint8_t>(windows_[at + 1]);
    if (window == type >> 8) {
      if (octet >= length) return false;
      const auto bits = static_cast<std::uint8_t>(windows_[at + 2 + octet]);
      return (bits & 0x80 >> type % 8) != 0;
    }
    at += 2u + length;
  }
  return false;
}

}  // namespace taster::control::dnssec
