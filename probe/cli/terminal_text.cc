// SPDX-License-Identifier: Apache-2.0
// Byte by byte.
#include "probe/cli/terminal_text.h"

#include <fmt/format.h>

namespace taster::cli {
namespace {

bool IsPrintable(char c) { return c >= 0x20 && c < 0x7f; }

}  // namespace

std::string Printable(std::string_view text) {
  std::string shown;
  for (const char c : text) {
    if (IsPrintable(c) || c == '\n') {
      shown += c;
    } else {
      shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
  return shown;
}

std::string JsonText(std::string_view text) {
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (IsPrintable(c)) {
      json += c;
    } else {
      json += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    }
  }
  return json + '"';
}

}  // namespace taster::cli
