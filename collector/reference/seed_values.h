// SPDX-License-Identifier: Apache-2.0
// Typed fields of the seed files. Each takes the row's next field; what does
// not parse is refused through the row.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/reference/csv_row.h"
#include "collector/reference/rows.h"

namespace taster::reference {

// nullopt unless `text` is a decimal number that fits 32 bits.
std::optional<std::uint32_t> ParseNumber(std::string_view text);

// Must not be empty.
std::string TakeText(CsvRow* row);
// "true" or "false".
bool TakeBool(CsvRow* row);
// The same, or empty: nullopt.
std::optional<bool> TakeOptionalBool(CsvRow* row);
std::uint32_t TakeNumber(CsvRow* row);
std::optional<std::uint32_t> TakeOptionalNumber(CsvRow* row);
net::IpAddress TakeAddress(CsvRow* row);
// Two fields, `since` and `until`; empty is open.
Days TakeDays(CsvRow* row);
// Separated by semicolons; empty: none.
std::vector<std::string> TakeList(CsvRow* row);

}  // namespace taster::reference
