// SPDX-License-Identifier: Apache-2.0
// Cells of a table as JSON values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "collector/store/text_table.h"

namespace taster::serve {

// A quoted string (RFC 8259) that may also stand inside HTML and script: <, >,
// & and the line separators are escaped. A byte that is not UTF-8 becomes
// U+FFFD.
void AppendJsonText(std::string_view text, std::string* json);

// Numbers, booleans and arrays as such; days as "2026-11-22", times as
// "2026-11-22T12:00:00Z"; bytes as hex; NULL, NaN and infinities as null.
void AppendJsonCell(store::ValueType type, std::optional<std::string_view> cell,
                    std::string* json);

// "2026-11-22 12:00:00.5+00" as RFC 3339 has it.
std::string TimeText(std::string_view cell);

// "[a,b,...]" of one row.
void AppendJsonRow(const store::TextTable& table, std::size_t row,
                   std::size_t width, std::string* json);

}  // namespace taster::serve
