// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/json_text.h"

#include <array>
#include <cstdint>

namespace taster::serve {
namespace {

using store::ValueType;

constexpr char kHex[] = "0123456789abcdef";

// Bytes of the UTF-8 sequence at the head of `text` (RFC 3629); 0: none.
std::size_t SequenceLength(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<std::uint8_t>(text[i]) : 0;
  };
  const auto follows = [&](std::size_t i, int low, int high) {
    return byte(i) >= low && byte(i) <= high;
  };
  const int head = byte(0);
  if (head < 0x80) return 1;
  if (head >= 0xc2 && head <= 0xdf) return follows(1, 0x80, 0xbf) ? 2 : 0;
  if (head >= 0xe0 && head <= 0xef) {
    const bool second =
        follows(1, head == 0xe0 ? 0xa0 : 0x80, head == 0xed ? 0x9f : 0xbf);
    return second && follows(2, 0x80, 0xbf) ? 3 : 0;
  }
  if (head >= 0xf0 && head <= 0xf4) {
    const bool second =
        follows(1, head == 0xf0 ? 0x90 : 0x80, head == 0xf4 ? 0x8f : 0xbf);
    return second && follows(2, 0x80, 0xbf) && follows(3, 0x80, 0xbf) ? 4 : 0;
  }
  return 0;
}

void AppendEscaped(char c, std::string* json) {
  switch (c) {
    case '"':
      *json += "\\\"";
      return;
    case '\\':
      *json += "\\\\";
      return;
    case '\n':
      *json += "\\n";
      return;
    default:
      *json += "\\u00";
      *json += kHex[static_cast<std::uint8_t>(c) >> 4];
      *json += kHex[static_cast<std::uint8_t>(c) & 0xf];
  }
}

bool IsPlain(char c) {
  const auto byte = static_cast<std::uint8_t>(c);
  return byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\' && c != '<' &&
         c != '>' && c != '&';
}

void AppendArray(std::string_view text, bool quoted, std::string* json) {
  *json += '[';
  bool first = true;
  for (const std::string& element : store::ArrayElements(text)) {
    if (!first) *json += ',';
    first = false;
    if (quoted) {
      AppendJsonText(element, json);
    } else {
      *json += element;
    }
  }
  *json += ']';
}

bool IsNumber(std::string_view text) {
  return !text.empty() && text.find_first_of("NI") == std::string_view::npos;
}

}  // namespace

void AppendJsonText(std::string_view text, std::string* json) {
  *json += '"';
  std::size_t i = 0;
  while (i < text.size()) {
    if (IsPlain(text[i])) {
      *json += text[i++];
      continue;
    }
    const std::size_t length = SequenceLength(text.substr(i));
    const std::string_view sequence = text.substr(i, length);
    if (length == 0) {
      *json += "\\ufffd";
    } else if (length == 1) {
      AppendEscaped(text[i], json);
    } else if (sequence == "\u2028") {
      *json += "\\u2028";
    } else if (sequence == "\u2029") {
      *json += "\\u2029";
    } else {
      *json += sequence;
    }
    i += length == 0 ? 1 : length;
  }
  *json += '"';
}

std::string TimeText(std::string_view cell) {
  std::string text(cell);
  if (text.size() > 10 && text[10] == ' ') text[10] = 'T';
  if (text.ends_with("+00")) text.replace(text.size() - 3, 3, "Z");
  return text;
}

void AppendJsonCell(ValueType type, std::optional<std::string_view> cell,
                    std::string* json) {
  if (!cell) {
    *json += "null";
    return;
  }
  switch (type) {
    case ValueType::kBoolean:
      *json += *cell == "t" ? "true" : "false";
      return;
    case ValueType::kInteger:
    case ValueType::kReal:
      *json += IsNumber(*cell) ? *cell : std::string_view("null");
      return;
    case ValueType::kTime:
      AppendJsonText(TimeText(*cell), json);
      return;
    case ValueType::kBytes:
      AppendJsonText(cell->substr(cell->starts_with("\\x") ? 2 : 0), json);
      return;
    case ValueType::kTextArray:
    case ValueType::kAddressArray:
      AppendArray(*cell, /*quoted=*/true, json);
      return;
    case ValueType::kIntegerArray:
      AppendArray(*cell, /*quoted=*/false, json);
      return;
    case ValueType::kText:
    case ValueType::kDay:
    case ValueType::kAddress:
      AppendJsonText(*cell, json);
  }
}

void AppendJsonRow(const store::TextTable& table, std::size_t row,
                   std::size_t width, std::string* json) {
  *json += '[';
  for (std::size_t i = 0; i < width; ++i) {
    if (i > 0) *json += ',';
    AppendJsonCell(table.columns()[i].type, table.at(row, i), json);
  }
  *json += ']';
}

}  // namespace taster::serve
