// SPDX-License-Identifier: Apache-2.0
#include "collector/store/text_table.h"

#include <utility>

namespace taster::store {

// pg_type.dat of PostgreSQL 15.
ValueType ValueTypeOf(std::uint32_t oid) {
  switch (oid) {
    case 16:
      return ValueType::kBoolean;
    case 20:
    case 21:
    case 23:
      return ValueType::kInteger;
    case 700:
    case 701:
    case 1700:
      return ValueType::kReal;
    case 1082:
      return ValueType::kDay;
    case 1184:
      return ValueType::kTime;
    case 869:
      return ValueType::kAddress;
    case 17:
      return ValueType::kBytes;
    case 1009:
    case 1015:
      return ValueType::kTextArray;
    case 1041:
      return ValueType::kAddressArray;
    case 1005:
    case 1007:
    case 1016:
      return ValueType::kIntegerArray;
    default:
      return ValueType::kText;
  }
}

void TextTable::Append(std::optional<std::string_view> cell) {
  if (cell) bytes_ += *cell;
  cells_.push_back({.end = bytes_.size(), .is_null = !cell});
}

std::optional<std::string_view> TextTable::at(std::size_t row,
                                              std::size_t column) const {
  const std::size_t index = row * columns_.size() + column;
  const Cell& cell = cells_[index];
  if (cell.is_null) return std::nullopt;
  const std::size_t begin = index == 0 ? 0 : cells_[index - 1].end;
  return std::string_view(bytes_).substr(begin, cell.end - begin);
}

std::optional<std::size_t> TextTable::Find(std::string_view name) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].name == name) return i;
  }
  return std::nullopt;
}

std::vector<std::string> ArrayElements(std::string_view text) {
  std::vector<std::string> elements;
  if (text.size() < 2 || text.front() != '{' || text.back() != '}') {
    return elements;
  }
  text = text.substr(1, text.size() - 2);
  std::size_t at = 0;
  while (at < text.size()) {
    std::string element;
    bool quoted = false;
    bool inside = false;
    for (; at < text.size() && (inside || text[at] != ','); ++at) {
      if (text[at] == '"') {
        inside = !inside;
        quoted = true;
      } else {
        if (text[at] == '\\' && at + 1 < text.size()) ++at;
        element += text[at];
      }
    }
    ++at;
    if (quoted || element != "NULL") elements.push_back(std::move(element));
  }
  return elements;
}

std::string ArrayText(const std::vector<std::string>& elements) {
  std::string text = "{";
  for (const std::string& element : elements) {
    if (text.size() > 1) text += ',';
    text += '"';
    for (const char c : element) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    text += '"';
  }
  return text + "}";
}

}  // namespace taster::store
