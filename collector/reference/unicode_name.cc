// SPDX-License-Identifier: Apache-2.0
// Converts by libidn2.
#include "collector/reference/unicode_name.h"

#include <idn2.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

namespace taster::reference {
namespace {

struct Free {
  void operator()(char* text) const { idn2_free(text); }
};
using Owned = std::unique_ptr<char, Free>;

IdnFault FaultOf(int code) {
  switch (code) {
    case IDN2_OK:
      return IdnFault::kNone;
    case IDN2_ENCODING_ERROR:
    case IDN2_ICONV_FAIL:
      return IdnFault::kEncoding;
    case IDN2_PUNYCODE_BAD_INPUT:
    case IDN2_PUNYCODE_BIG_OUTPUT:
    case IDN2_PUNYCODE_OVERFLOW:
    case IDN2_INVALID_ALABEL:
    case IDN2_ALABEL_ROUNDTRIP_FAILED:
    case IDN2_UALABEL_MISMATCH:
      return IdnFault::kPunycode;
    case IDN2_TOO_BIG_DOMAIN:
    case IDN2_TOO_BIG_LABEL:
      return IdnFault::kLength;
    default:
      return IdnFault::kDisallowed;
  }
}

std::string LowerAscii(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// The A-label of one U-label, without any mapping.
std::string Encode(const char* utf8) {
  char* encoded = nullptr;
  const int code =
      idn2_to_ascii_8z(utf8, &encoded, IDN2_NFC_INPUT | IDN2_NO_TR46);
  const Owned owned(encoded);
  return code == IDN2_OK ? owned.get() : "";
}

// Appends what `label` stands for.
IdnFault AppendLabel(const std::string& label, std::string* text) {
  const std::string lower = LowerAscii(label);
  if (!lower.starts_with("xn--")) {
    *text += label;
    return IdnFault::kNone;
  }
  char* decoded = nullptr;
  const int code = idn2_to_unicode_8z8z(lower.c_str(), &decoded, 0);
  const Owned owned(decoded);
  // What does not encode to the same label again is not its U-label, and
  // could pass itself off as another name (RFC 5891 section 5.4).
  const bool same = code == IDN2_OK && Encode(owned.get()) == lower;
  *text += same ? owned.get() : label;
  if (code != IDN2_OK) return FaultOf(code);
  return same ? IdnFault::kNone : IdnFault::kPunycode;
}

// Whether labels and name have lengths that the wire form allows.
bool HasNameLengths(std::string_view ascii) {
  constexpr std::size_t kMostBytes = 253;  // Without the trailing dot.
  constexpr std::size_t kMostLabelBytes = 63;
  if (ascii.ends_with('.')) ascii.remove_suffix(1);
  if (ascii.size() > kMostBytes) return false;
  while (true) {
    const std::size_t end = std::min(ascii.find('.'), ascii.size());
    if (end == 0 || end > kMostLabelBytes) return false;
    if (end == ascii.size()) return true;
    ascii.remove_prefix(end + 1);
  }
}

}  // namespace

IdnText ToUnicode(const std::string& ascii) {
  IdnText result;
  std::string label;
  const auto take_label = [&] {
    const IdnFault fault = AppendLabel(label, &result.text);
    if (result.fault == IdnFault::kNone) result.fault = fault;
    label.clear();
  };
  for (std::size_t at = 0; at < ascii.size(); ++at) {
    if (ascii[at] == '.') {
      take_label();
      result.text += '.';
      continue;
    }
    label += ascii[at];
    // An escaped dot is no border.
    if (ascii[at] == '\\' && at + 1 < ascii.size()) label += ascii[++at];
  }
  take_label();
  return result;
}

IdnText ToAscii(const std::string& utf8) {
  if (utf8 == ".") return {utf8, IdnFault::kNone};
  if (utf8.find('\0') != std::string::npos) {
    return {utf8, IdnFault::kDisallowed};
  }
  char* encoded = nullptr;
  const int code = idn2_to_ascii_8z(utf8.c_str(), &encoded,
                                    IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  const Owned owned(encoded);
  if (code != IDN2_OK) return {utf8, FaultOf(code)};
  std::string text = LowerAscii(owned.get());
  if (!HasNameLengths(text)) {
    return {utf8, IdnFault::kLength};
  }
  return {std::move(text), IdnFault::kNone};
}

}  // namespace taster::reference
