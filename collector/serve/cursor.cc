// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/cursor.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace taster::serve {
namespace {

constexpr std::size_t kTagSize = 16;
constexpr std::size_t kLongestCursor = 4096;
constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// RFC 4648 section 5, without padding.
std::string ToBase64(std::string_view bytes) {
  std::string text;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char byte : bytes) {
    bits = bits << 8 | static_cast<std::uint8_t>(byte);
    count += 8;
    while (count >= 6) {
      count -= 6;
      text += kAlphabet[bits >> count & 63];
    }
  }
  if (count > 0) text += kAlphabet[bits << (6 - count) & 63];
  return text;
}

std::optional<std::string> FromBase64(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t digit = kAlphabet.find(c);
    if (digit == kAlphabet.npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>(bits >> count & 0xff);
    }
  }
  return bytes;
}

void AppendFramed(std::string_view text, std::string* bytes) {
  *bytes += std::to_string(text.size());
  *bytes += ':';
  *bytes += text;
}

// BLAKE2b cannot be extended, so that a secret in front makes a keyed hash.
std::string TagOf(const envelope::Secret& secret, std::string_view question,
                  std::string_view body) {
  std::string text(secret.begin(), secret.end());
  AppendFramed("taster cursor v1", &text);
  AppendFramed(question, &text);
  AppendFramed(body, &text);
  const envelope::Hash hash = envelope::HashOf(text);
  return {hash.begin(), hash.begin() + kTagSize};
}

// In a time that does not depend on where they differ.
bool IsSame(std::string_view left, std::string_view right) {
  int difference = left.size() == right.size() ? 0 : 1;
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    difference |= left[i] ^ right[i];
  }
  return difference == 0;
}

std::vector<std::string> Unframed(std::string_view body) {
  std::vector<std::string> values;
  while (!body.empty()) {
    const std::size_t colon = std::min(body.find(':'), body.size() - 1);
    std::size_t size = 0;
    for (const char digit : body.substr(0, colon)) {
      size = size * 10 + static_cast<std::size_t>(digit - '0');
    }
    body.remove_prefix(colon + 1);
    size = std::min(size, body.size());
    values.emplace_back(body.substr(0, size));
    body.remove_prefix(size);
  }
  return values;
}

}  // namespace

std::string MakeCursor(const envelope::Secret& secret,
                       std::string_view question,
                       const std::vector<std::string>& key) {
  std::string body;
  for (const std::string& value : key) AppendFramed(value, &body);
  return ToBase64(TagOf(secret, question, body) + body);
}

std::optional<std::vector<std::string>> ReadCursor(
    const envelope::Secret& secret, std::string_view question,
    std::string_view cursor) {
  if (cursor.size() > kLongestCursor) return std::nullopt;
  const auto bytes = FromBase64(cursor);
  if (!bytes || bytes->size() < kTagSize) return std::nullopt;
  const std::string body = bytes->substr(kTagSize);
  if (!IsSame(bytes->substr(0, kTagSize), TagOf(secret, question, body))) {
    return std::nullopt;
  }
  return Unframed(body);
}

}  // namespace taster::serve
