// SPDX-License-Identifier: Apache-2.0
// Bytes for people.
#include <algorithm>

#include "proto/dns/name_text.h"
#include "proto/dns/presentation.h"

namespace taster::dns {
namespace {

constexpr std::size_t kBytesPerLine = 16;

void AppendLine(std::size_t offset, std::span<const std::uint8_t> line,
                std::string* text) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    // Four digits are enough for a message; eight when they are not.
    if (shift >= 16 && offset <= 0xffff) continue;
    const auto byte = static_cast<std::uint8_t>(offset >> shift & 0xff);
    AppendHex({&byte, 1}, text);
  }
  *text += ' ';
  for (std::size_t i = 0; i < kBytesPerLine; ++i) {
    *text += ' ';
    if (i < line.size()) {
      AppendHex(line.subspan(i, 1), text);
    } else {
      *text += "  ";
    }
  }
  *text += "  ";
  for (const auto octet : line) {
    *text += octet >= 0x20 && octet < 0x7f ? static_cast<char>(octet) : '.';
  }
  *text += '\n';
}

}  // namespace

std::string HexDump(std::span<const std::uint8_t> bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += kBytesPerLine) {
    const std::size_t count = std::min(kBytesPerLine, bytes.size() - at);
    AppendLine(at, bytes.subspan(at, count), &text);
  }
  return text;
}

}  // namespace taster::dns
