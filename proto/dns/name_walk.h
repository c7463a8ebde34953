// SPDX-License-Identifier: Apache-2.0
// The one loop that follows compression pointers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "proto/dns/message_reader.h"
#include "proto/dns/name.h"

namespace taster::dns {

struct NameWalk {
  Defect defect = Defect::kNone;
  // Offset behind the name where it stands: behind its first pointer, or
  // behind its zero byte. Undefined when there is a defect.
  std::size_t end = 0;
};

inline constexpr unsigned kMaxPointers = 128;

// Walks the name at `at` in `message`, which may be any bytes. Calls
// `on_label(offset, length)` for each label but the root, where the label's
// `length` bytes at `offset` lie inside `message`.
//
// A pointer must lead before the first byte of the piece of name that it
// ends, so that no byte is walked twice for one name (RFC 1035 section 4.1.4:
// "a prior occurance of the same name").
template <typename OnLabel>
inline NameWalk WalkName(std::span<const std::uint8_t> message, std::size_t at,
                         OnLabel on_label) {
  const std::uint8_t* const bytes = message.data();
  const std::size_t size = message.size();
  std::size_t piece = at;
  std::size_t end = 0;  // 0 until a pointer was followed.
  std::size_t name_bytes = 1;
  unsigned pointers = 0;
  while (at < size) {
    const std::size_t length = bytes[at];
    if (length == 0) return {Defect::kNone, end != 0 ? end : at + 1};
    if (length <= Name::kMaxLabelBytes) {
      name_bytes += 1 + length;
      if (name_bytes > Name::kMaxBytes) return {Defect::kLongName};
      if (size - at <= length) return {Defect::kTruncatedName};
      on_label(at + 1, length);
      at += 1 + length;
      continue;
    }
    if (length < 0xc0) return {Defect::kBadLabelType};
    if (size - at < 2) return {Defect::kTruncatedName};
    const std::size_t target = (length & 0x3f) << 8 | bytes[at + 1];
    if (target >= piece) return {Defect::kBadPointer};
    if (++pointers > kMaxPointers) return {Defect::kPointerChain};
    if (end == 0) end = at + 2;
    piece = at = target;
  }
  return {Defect::kTruncatedName};
}

}  // namespace taster::dns
