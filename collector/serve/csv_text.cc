// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/csv_text.h"

#include "collector/serve/json_text.h"

namespace taster::serve {
namespace {

using store::ValueType;

void AppendField(std::string_view text, std::string* csv) {
  if (text.find_first_of(",\"\r\n") == text.npos) {
    *csv += text;
    return;
  }
  *csv += '"';
  for (const char c : text) {
    if (c == '"') *csv += '"';
    *csv += c;
  }
  *csv += '"';
}

std::string Joined(std::string_view array) {
  std::string text;
  for (const std::string& element : store::ArrayElements(array)) {
    if (!text.empty()) text += ' ';
    text += element;
  }
  return text;
}

// CWE-1236.
std::string Inert(std::string text) {
  constexpr std::string_view kFormula = "=+-@\t\r";
  if (!text.empty() && kFormula.find(text[0]) != kFormula.npos) {
    text.insert(0, 1, '\'');
  }
  return text;
}

}  // namespace

void AppendCsvCell(ValueType type, std::optional<std::string_view> cell,
                   std::string* csv) {
  if (!cell) return;
  switch (type) {
    case ValueType::kInteger:
    case ValueType::kReal:
      *csv += *cell;
      return;
    case ValueType::kBoolean:
      *csv += *cell == "t" ? "true" : "false";
      return;
    case ValueType::kTime:
      *csv += TimeText(*cell);
      return;
    case ValueType::kBytes:
      *csv += cell->substr(cell->starts_with("\\x") ? 2 : 0);
      return;
    case ValueType::kTextArray:
    case ValueType::kAddressArray:
    case ValueType::kIntegerArray:
      AppendField(Inert(Joined(*cell)), csv);
      return;
    case ValueType::kText:
    case ValueType::kDay:
    case ValueType::kAddress:
      AppendField(Inert(std::string(*cell)), csv);
  }
}

std::string CsvHead(const store::TextTable& rows, std::size_t width) {
  std::string csv;
  for (std::size_t i = 0; i < width; ++i) {
    if (i > 0) csv += ',';
    AppendField(rows.columns()[i].name, &csv);
  }
  return csv + "\r\n";
}

void AppendCsvRow(const store::TextTable& rows, std::size_t row,
                  std::size_t width, std::string* csv) {
  for (std::size_t i = 0; i < width; ++i) {
    if (i > 0) *csv += ',';
    AppendCsvCell(rows.columns()[i].type, rows.at(row, i), csv);
  }
  *csv += "\r\n";
}

}  // namespace taster::serve
