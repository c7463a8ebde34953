// SPDX-License-Identifier: Apache-2.0
// What a row must be like: one column's condition, from the text of a
// parameter. Only values that the column's type takes get through.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "collector/serve/catalogue.h"
#include "collector/serve/problem.h"

namespace taster::serve {

enum class Comparison : std::uint8_t {
  kAnyOf,     // Equal to one of the values.
  kBetween,   // values[0] <= column <= values[1].
  kIsNull,    // No value.
  kWithin,    // An address in one of the prefixes.
  kOverlaps,  // An array that has one of the values.
};

struct Condition {
  std::size_t column = 0;  // In View::columns.
  Comparison comparison = Comparison::kAnyOf;
  std::vector<std::string> values{};  // As PostgreSQL reads them.
};

inline constexpr std::size_t kMostValues = 200;
inline constexpr std::size_t kLongestValue = 1024;
inline constexpr int kMostDays = 366;  // In one range.

// `index` is the column's place in its view.
std::variant<Condition, Problem> ReadFilter(const Column& column,
                                            std::size_t index,
                                            std::string_view text);

}  // namespace taster::serve
