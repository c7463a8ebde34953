// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/answer_text.h"

#include <cstdint>

#include "collector/serve/csv_text.h"
#include "collector/serve/json_text.h"

namespace taster::serve {
namespace {

void AppendObject(const ViewQuery& query, const store::TextTable& rows,
                  std::size_t row, std::string* json) {
  *json += '{';
  for (std::size_t i = 0; i < query.columns.size(); ++i) {
    if (i > 0) *json += ',';
    AppendJsonText(rows.columns()[i].name, json);
    *json += ':';
    AppendJsonCell(rows.columns()[i].type, rows.at(row, i), json);
  }
  *json += '}';
}

}  // namespace

std::string MetaJson(const ViewQuery& query, const RowPage& page,
                     const Release& release) {
  std::string json = "{\"view\":";
  AppendJsonText(query.view->name, &json);
  json += ",\"count\":" + std::to_string(page.count) + ",\"next\":";
  if (page.next.empty()) {
    json += "null";
  } else {
    AppendJsonText(page.next, &json);
  }
  json += "," + MetaMembers(release, CoverageOf(page.rows, page.count));
  return json + "}";
}

std::string HeaderText(std::string_view json) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string text;
  std::uint32_t code = 0;
  int following = 0;
  const auto escape = [&](std::uint32_t unit) {
    text += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
      text += kHex[unit >> shift & 15];
  };
  for (const char c : json) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (byte < 0x80) {
      if (byte >= 0x20) text += c;
      continue;
    }
    if (byte >= 0xc0) {
      following = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
      code = byte & (0x3fu >> following);
    } else if (following > 0) {
      code = code << 6 | (byte & 0x3fu);
      if (--following > 0) continue;
      if (code >= 0x10000) {
        escape(0xd800 + ((code - 0x10000) >> 10));
        escape(0xdc00 + ((code - 0x10000) & 0x3ff));
      } else {
        escape(code);
      }
    }
  }
  return text;
}

std::string JsonAnswer(const ViewQuery& query, const RowPage& page,
                       std::string_view meta) {
  std::string json = "{\"meta\":";
  json += meta;
  json += ",\"data\":[";
  for (std::size_t row = 0; row < page.count; ++row) {
    json += row == 0 ? "\n" : ",\n";
    AppendObject(query, page.rows, row, &json);
  }
  return json + "]}\n";
}

std::string CsvAnswer(const ViewQuery& query, const RowPage& page) {
  const std::size_t width = query.columns.size();
  std::string csv = CsvHead(page.rows, width);
  for (std::size_t row = 0; row < page.count; ++row) {
    AppendCsvRow(page.rows, row, width, &csv);
  }
  return csv;
}

std::string JsonLinesAnswer(const ViewQuery& query, const RowPage& page) {
  std::string lines;
  for (std::size_t row = 0; row < page.count; ++row) {
    AppendObject(query, page.rows, row, &lines);
    lines += '\n';
  }
  return lines;
}

}  // namespace taster::serve
