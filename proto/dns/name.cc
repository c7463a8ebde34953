// SPDX-License-Identifier: Apache-2.0
// Names: text to wire and back, order, ancestry.
#include "proto/dns/name.h"

#include <algorithm>

#include "proto/dns/name_text.h"

namespace taster::dns {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Takes one octet, escaped or not, off the front of a non-empty `*text`.
// nullopt for a bad escape.
std::optional<char> TakeOctet(std::string_view* text) {
  const char first = text->front();
  text->remove_prefix(1);
  if (first != '\\') return first;
  if (text->empty()) return {};
  if (!IsDigit(text->front())) {
    const char escaped = text->front();
    text->remove_prefix(1);
    return escaped;
  }
  if (text->size() < 3 || !IsDigit((*text)[1]) || !IsDigit((*text)[2])) {
    return {};
  }
  const int value =
      ((*text)[0] - '0') * 100 + ((*text)[1] - '0') * 10 + ((*text)[2] - '0');
  if (value > 255) return {};
  text->remove_prefix(3);
  return static_cast<char>(value);
}

// Takes one label and the dot behind it, and appends its wire form. False
// when it is empty, too long or badly escaped.
bool TakeLabel(std::string_view* text, std::string* wire) {
  const std::size_t length_at = wire->size();
  wire->push_back('\0');
  while (!text->empty() && text->front() != '.') {
    const auto octet = TakeOctet(text);
    if (!octet) return false;
    wire->push_back(*octet);
  }
  if (!text->empty()) text->remove_prefix(1);
  const std::size_t length = wire->size() - length_at - 1;
  if (length == 0 || length > Name::kMaxLabelBytes) return false;
  (*wire)[length_at] = static_cast<char>(length);
  return true;
}

}  // namespace

std::optional<Name> Name::Parse(std::string_view text) {
  if (text.empty()) return {};
  Name name;
  if (text == ".") return name;
  name.wire_.clear();
  while (!text.empty()) {
    if (!TakeLabel(&text, &name.wire_)) return {};
    if (name.wire_.size() >= kMaxBytes) return {};
  }
  name.wire_.push_back('\0');
  return name;
}

std::optional<Name> Name::FromWire(std::span<const std::uint8_t> wire) {
  if (wire.empty() || wire.size() > kMaxBytes) return {};
  std::size_t at = 0;
  while (at < wire.size() && wire[at] != 0) {
    if (wire[at] > kMaxLabelBytes) return {};
    at += wire[at] + 1u;
  }
  if (at + 1 != wire.size()) return {};
  Name name;
  name.wire_.assign(wire.begin(), wire.end());
  return name;
}

std::string Name::ToText() const {
  std::string text;
  text.reserve(wire_.size() + 1);
  AppendNameText(Lower().wire(), &text);
  return text;
}

Name Name::Lower() const {
  Name lower = *this;
  // Length bytes are below every letter.
  for (char& c : lower.wire_) c = ToLowerAscii(c);
  return lower;
}

bool Name::IsWithin(const Name& ancestor) const {
  const auto ours = wire();
  std::size_t at = 0;
  while (ours.size() - at > ancestor.wire_.size()) at += ours[at] + 1u;
  if (ours.size() - at != ancestor.wire_.size()) return false;
  return std::equal(wire_.begin() + static_cast<std::ptrdiff_t>(at),
                    wire_.end(), ancestor.wire_.begin(),
                    [](char left, char right) {
                      return ToLowerAscii(left) == ToLowerAscii(right);
                    });
}

bool operator==(const Name& left, const Name& right) {
  return std::equal(left.wire_.begin(), left.wire_.end(), right.wire_.begin(),
                    right.wire_.end(), [](char one, char other) {
                      return Name::ToLowerAscii(one) ==
                             Name::ToLowerAscii(other);
                    });
}

std::strong_ordering operator<=>(const Name& left, const Name& right) {
  return std::lexicographical_compare_three_way(
      left.wire_.begin(), left.wire_.end(), right.wire_.begin(),
      right.wire_.end(), [](char one, char other) {
        return static_cast<unsigned char>(Name::ToLowerAscii(one)) <=>
               static_cast<unsigned char>(Name::ToLowerAscii(other));
      });
}

}  // namespace taster::dns
