// SPDX-License-Identifier: Apache-2.0
// Readers fed from text, and what they gave.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "collector/exchange/line_source.h"
#include "collector/exchange/record.h"

namespace taster::exchange {

struct ReadText {
  std::vector<Record> records;
  std::vector<BadInput> bad;
};

using Reader = absl::Status (*)(const LineSource& lines, const Sink& sink);

// Puts `text` through `reader`; fails the test when that fails.
ReadText Read(Reader reader, const std::string& text);

// Every field of the record, one a line: two records are equal if and only if
// these are.
std::string Describe(const Record& record);

}  // namespace taster::exchange
