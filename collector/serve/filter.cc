// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/filter.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>

#include "collector/reference/day.h"
#include "collector/serve/filter_value.h"

namespace taster::serve {
namespace {

using store::ValueType;

Problem NotWanted(const Column& column) {
  return BadParameter(column.name,
                      "It takes " + std::string(WantedValue(column)) + ".");
}

bool TakesRange(ValueType type) {
  return type == ValueType::kDay || type == ValueType::kTime ||
         type == ValueType::kInteger || type == ValueType::kReal;
}

Comparison ComparisonFor(ValueType type) {
  switch (type) {
    case ValueType::kTextArray:
    case ValueType::kAddressArray:
    case ValueType::kIntegerArray:
      return Comparison::kOverlaps;
    case ValueType::kAddress:
      return Comparison::kWithin;
    default:
      return Comparison::kAnyOf;
  }
}

std::optional<Problem> CheckDays(const Column& column,
                                 std::chrono::sys_days from,
                                 std::chrono::sys_days to) {
  if (to < from) {
    return BadParameter(column.name, "The range ends before it begins.");
  }
  if (to - from >= std::chrono::days(kMostDays)) {
    return BadParameter(column.name, "A range is at most 366 days long.");
  }
  return std::nullopt;
}

std::variant<Condition, Problem> ReadDays(const Column& column,
                                          std::string_view from,
                                          std::string_view to) {
  const auto first = ReadMoment(from, false);
  const auto last = ReadMoment(to, true);
  const bool is_day = column.type == ValueType::kDay;
  if (!first || !last || (is_day && (from.size() != 10 || to.size() != 10))) {
    return NotWanted(column);
  }
  if (auto problem = CheckDays(column, first->day, last->day)) {
    return *std::move(problem);
  }
  Condition range{.comparison = Comparison::kBetween};
  range.values = is_day ? std::vector{std::string(from), std::string(to)}
                        : std::vector{first->text, last->text};
  return range;
}

std::variant<Condition, Problem> ReadRange(const Column& column,
                                           std::string_view from,
                                           std::string_view to) {
  if (column.type == ValueType::kDay || column.type == ValueType::kTime) {
    return ReadDays(column, from, to);
  }
  const auto low = ReadValue(column, from);
  const auto high = ReadValue(column, to);
  if (!low || !high) return NotWanted(column);
  if (std::strtod(low->c_str(), nullptr) >
      std::strtod(high->c_str(), nullptr)) {
    return BadParameter(column.name, "The range ends before it begins.");
  }
  return Condition{.comparison = Comparison::kBetween, .values = {*low, *high}};
}

std::variant<Condition, Problem> ReadList(const Column& column,
                                          std::string_view text) {
  Condition condition{.comparison = ComparisonFor(column.type)};
  while (true) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string_view item = text.substr(0, comma);
    if (item.size() > kLongestValue) {
      return BadParameter(column.name, "A value is too long.");
    }
    auto value = item.empty() ? std::nullopt : ReadValue(column, item);
    if (!value) return NotWanted(column);
    if (condition.values.size() == kMostValues) {
      return BadParameter(column.name, "There are more than 200 values.");
    }
    condition.values.push_back(*std::move(value));
    if (comma == text.size()) return condition;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace

std::variant<Condition, Problem> ReadFilter(const Column& column,
                                            std::size_t index,
                                            std::string_view text) {
  if (text == "null") {
    return Condition{.column = index, .comparison = Comparison::kIsNull};
  }
  const std::size_t dots = text.find("..");
  auto read =
      dots != text.npos && TakesRange(column.type)
          ? ReadRange(column, text.substr(0, dots), text.substr(dots + 2))
          : ReadList(column, text);
  if (auto* condition = std::get_if<Condition>(&read)) {
    condition->column = index;
  }
  return read;
}

}  // namespace taster::serve
