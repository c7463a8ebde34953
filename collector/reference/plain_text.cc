// SPDX-License-Identifier: Apache-2.0
// ASCII in one pass; the rest through the standard library's converter.
#include "collector/reference/plain_text.h"

#include <cstddef>
#include <locale>

namespace taster::reference {
namespace {

struct Utf8 : std::codecvt<char32_t, char8_t, std::mbstate_t> {};

bool IsUtf8(std::string_view text) {
  static const Utf8 utf8;
  std::mbstate_t state{};
  const auto* const begin = reinterpret_cast<const char8_t*>(text.data());
  const int taken = utf8.length(state, begin, begin + text.size(), text.size());
  if (static_cast<std::size_t>(taken) != text.size()) return false;
  // The converter lets surrogates pass, ED A0 80 to ED BF BF.
  for (auto at = text.find('\xed'); at != std::string_view::npos;
       at = text.find('\xed', at + 1)) {
    if (static_cast<unsigned char>(text[at + 1]) >= 0xa0) return false;
  }
  return true;
}

}  // namespace

std::string FaultOfText(std::string_view text) {
  bool control = false;
  bool ascii = true;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    control |= byte < 0x20 || byte == 0x7f;
    ascii &= byte < 0x80;
  }
  if (control) return "a control character";
  if (!ascii && !IsUtf8(text)) return "not UTF-8";
  return {};
}

}  // namespace taster::reference
