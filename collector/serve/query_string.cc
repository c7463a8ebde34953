// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/query_string.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "collector/store/utf8.h"

namespace taster::serve {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// nullopt: half an escape, a NUL, or not UTF-8.
std::optional<std::string> Decoded(std::string_view text, bool plus_is_blank) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '+' && plus_is_blank) c = ' ';
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = HexDigit(text[i + 1]);
      const int low = HexDigit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (c == '\0') return std::nullopt;
    decoded += c;
  }
  if (!store::IsUtf8(decoded)) return std::nullopt;
  return decoded;
}

bool IsWholesome(std::string_view path) {
  return path.starts_with('/') && path.find("//") == std::string_view::npos &&
         path.find("/..") == std::string_view::npos &&
         path.find("/./") == std::string_view::npos &&
         path.find('\\') == std::string_view::npos &&
         std::none_of(path.begin(), path.end(), [](char c) {
           return static_cast<std::uint8_t>(c) < 0x20 || c == 0x7f;
         });
}

std::optional<Problem> AddParameter(std::string_view field, Target* target) {
  const std::size_t equals = field.find('=');
  const auto name = Decoded(field.substr(0, equals), true);
  if (!name || name->empty()) {
    return BadRequest("A parameter's name is not percent-encoded UTF-8.");
  }
  const auto value = Decoded(
      equals == field.npos ? std::string_view() : field.substr(equals + 1),
      true);
  if (!value) {
    return BadParameter(*name, "Its value is not percent-encoded UTF-8.");
  }
  for (const auto& [known, ignored] : target->parameters) {
    if (known == *name) return BadParameter(*name, "It is given twice.");
  }
  if (target->parameters.size() == kMostParameters) {
    return BadRequest("There are too many parameters.");
  }
  target->parameters.emplace_back(*name, *value);
  return std::nullopt;
}

}  // namespace

std::variant<Target, Problem> ReadTarget(std::string_view text) {
  if (text.size() > kLongestTarget) {
    return Problem{.status = 414,
                   .type = "too-long",
                   .title = "The address is too long",
                   .detail = "At most 8192 octets."};
  }
  const std::size_t question = text.find('?');
  Target target;
  const auto path = Decoded(text.substr(0, question), false);
  if (!path) return BadRequest("The path is not percent-encoded UTF-8.");
  if (!IsWholesome(*path)) return UnknownPage();
  target.path = *path;
  if (question == text.npos) return target;
  std::string_view query = text.substr(question + 1);
  query = query.substr(0, query.find('#'));
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    if (end > 0) {
      if (auto problem = AddParameter(query.substr(0, end), &target)) {
        return *std::move(problem);
      }
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return target;
}

std::string PercentEncoded(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  constexpr std::string_view kUnreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/";
  std::string encoded;
  for (const char c : text) {
    if (kUnreserved.find(c) != kUnreserved.npos) {
      encoded += c;
    } else {
      const auto byte = static_cast<std::uint8_t>(c);
      encoded += {'%', kHex[byte >> 4], kHex[byte & 0xf]};
    }
  }
  return encoded;
}

}  // namespace taster::serve
