// SPDX-License-Identifier: Apache-2.0
// Rows of a table as CSV (RFC 4180) that spreadsheets take for data only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "collector/store/text_table.h"

namespace taster::serve {

// One cell. Text that begins with = + - @ TAB or CR gets a ' in front; numbers
// do not. Quoted where it holds a comma, a quote or a line's end.
void AppendCsvCell(store::ValueType type, std::optional<std::string_view> cell,
                   std::string* csv);

// Names of the first `width` columns, with CRLF.
std::string CsvHead(const store::TextTable& rows, std::size_t width);
void AppendCsvRow(const store::TextTable& rows, std::size_t row,
                  std::size_t width, std::string* csv);

}  // namespace taster::serve
