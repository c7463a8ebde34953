// SPDX-License-Identifier: Apache-2.0
// Well-formed UTF-8 by the table of RFC 3629 section 4.
#include "collector/store/utf8.h"

#include <cstddef>
#include <cstdint>

namespace taster::store {
namespace {

struct Lead {
  std::size_t tail = 0;         // Bytes that follow.
  std::uint8_t second_min = 0;  // Range of the first of them.
  std::uint8_t second_max = 0;
};

// tail 0: no multi-byte sequence starts with this byte.
Lead LeadOf(std::uint8_t byte) {
  if (byte >= 0xc2 && byte <= 0xdf) return {1, 0x80, 0xbf};
  if (byte == 0xe0) return {2, 0xa0, 0xbf};
  if (byte == 0xed) return {2, 0x80, 0x9f};
  if (byte >= 0xe1 && byte <= 0xef) return {2, 0x80, 0xbf};
  if (byte == 0xf0) return {3, 0x90, 0xbf};
  if (byte >= 0xf1 && byte <= 0xf3) return {3, 0x80, 0xbf};
  if (byte == 0xf4) return {3, 0x80, 0x8f};
  return {};
}

}  // namespace

bool IsUtf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto first = static_cast<std::uint8_t>(bytes[at]);
    if (first < 0x80) continue;
    const Lead lead = LeadOf(first);
    if (lead.tail == 0 || bytes.size() - at <= lead.tail) return false;
    const auto second = static_cast<std::uint8_t>(bytes[at + 1]);
    if (second < lead.second_min || second > lead.second_max) return false;
    for (std::size_t i = 2; i <= lead.tail; ++i) {
      if ((static_cast<std::uint8_t>(bytes[at + i]) & 0xc0) != 0x80) {
        return false;
      }
    }
    at += lead.tail;
  }
  return true;
}

}  // namespace taster::store
