// SPDX-License-Identifier: Apache-2.0
// Escaping of octets.
#include "proto/dns/name_text.h"

#include <string_view>

namespace taster::dns {
namespace {

bool IsPrintable(std::uint8_t octet) { return octet > 0x20 && octet < 0x7f; }

void AppendDecimalEscape(std::uint8_t octet, std::string* text) {
  *text += '\\';
  *text += static_cast<char>('0' + octet / 100);
  *text += static_cast<char>('0' + octet / 10 % 10);
  *text += static_cast<char>('0' + octet % 10);
}

}  // namespace

void AppendLabelOctet(std::uint8_t octet, std::string* text) {
  constexpr std::string_view kSpecial = ".\\\"();@$";
  if (!IsPrintable(octet)) return AppendDecimalEscape(octet, text);
  const char character = static_cast<char>(octet);
  if (kSpecial.find(character) != std::string_view::npos) *text += '\\';
  *text += character;
}

void AppendNameText(std::span<const std::uint8_t> wire, std::string* text) {
  if (wire.size() == 1) {
    *text += '.';
    return;
  }
  for (std::size_t at = 0; wire[at] != 0; at += wire[at] + 1u) {
    for (const auto octet : wire.subspan(at + 1, wire[at])) {
      AppendLabelOctet(octet, text);
    }
    *text += '.';
  }
}

void AppendQuoted(std::span<const std::uint8_t> octets, std::string* text) {
  *text += '"';
  for (const auto octet : octets) {
    if (octet != ' ' && !IsPrintable(octet)) {
      AppendDecimalEscape(octet, text);
      continue;
    }
    if (octet == '"' || octet == '\\') *text += '\\';
    *text += static_cast<char>(octet);
  }
  *text += '"';
}

void AppendHex(std::span<const std::uint8_t> octets, std::string* text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (const auto octet : octets) {
    *text += kDigits[octet >> 4];
    *text += kDigits[octet & 0xf];
  }
}

}  // namespace taster::dns
