// SPDX-License-Identifier: Apache-2.0
// A domain name as the bytes that travel on the wire.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace taster::dns {

// Uncompressed wire format (RFC 1035 section 3.1): length-prefixed labels and
// the root's zero byte; at most 255 bytes. Labels are bytes, not text: any
// octet may stand in them. Letter case is kept; comparing ignores it for
// ASCII letters (RFC 4343).
class Name {
 public:
  static constexpr std::size_t kMaxBytes = 255;
  static constexpr std::size_t kMaxLabelBytes = 63;

  // The root.
  Name() : wire_(1, '\0') {}

  // Presentation format (RFC 1035 section 5.1): "\." and "\DDD" escapes,
  // trailing dot optional. nullopt for empty labels, labels over 63 bytes,
  // names over 255 bytes, bad escapes, or an empty string.
  static std::optional<Name> Parse(std::string_view text);

  // `wire` must be exactly one uncompressed name. nullopt otherwise.
  static std::optional<Name> FromWire(std::span<const std::uint8_t> wire);

  // The uncompressed wire form, valid as long as this object.
  std::span<const std::uint8_t> wire() const {
    return {reinterpret_cast<const std::uint8_t*>(wire_.data()), wire_.size()};
  }
  bool is_root() const { return wire_.size() == 1; }

  // Lower-case presentation format with a trailing dot: "www.example.com.",
  // "." for the root. Bytes outside printable ASCII, and the characters that
  // master files treat specially, are escaped; so the text is safe in logs,
  // terminals and SQL, and Parse gives the same name back.
  std::string ToText() const;

  // This name with ASCII letters in lower case.
  Name Lower() const;

  // True iff this name equals `ancestor` or lies below it.
  bool IsWithin(const Name& ancestor) const;

  friend bool operator==(const Name& left, const Name& right);
  friend std::strong_ordering operator<=>(const Name& left, const Name& right);

  template <typename H>
  friend H AbslHashValue(H state, const Name& name) {
    for (const char c : name.wire_) {
      state = H::combine(std::move(state), ToLowerAscii(c));
    }
    return H::combine(std::move(state), name.wire_.size());
  }

 private:
  static constexpr char ToLowerAscii(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }

  std::string wire_;
};

}  // namespace taster::dns
