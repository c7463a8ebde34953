// SPDX-License-Identifier: Apache-2.0
// Names as people write them, and as they travel (IDNA2008, RFC 5890).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace taster::reference {

// Why a name, or a label of it, has no other form.
enum class IdnFault : std::uint8_t {
  kNone,
  kEncoding,    // Not UTF-8.
  kPunycode,    // "xn--" and what does not decode, or not to what encodes so.
  kDisallowed,  // A code point or an order that IDNA2008 does not allow.
  kLength,      // A label over 63 bytes or a name over 255, or empty labels.
};

struct IdnText {
  // The converted name. With a fault: as far as it could be converted, for
  // ToUnicode label by label; nothing is ever dropped.
  std::string text;
  IdnFault fault = IdnFault::kNone;  // The first.
};

// A-labels of `ascii` (presentation format, escapes allowed) to U-labels, as
// UTF-8. A label that does not convert stays as it is.
IdnText ToUnicode(const std::string& ascii);

// U-labels to A-labels, in lower case; upper case and compatibility forms are
// mapped first (UTS 46, non-transitional). With a fault `text` is `utf8`.
IdnText ToAscii(const std::string& utf8);

}  // namespace taster::reference
