// SPDX-License-Identifier: Apache-2.0
// What a query of the public views returned: text cells with their types.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace taster::store {

// What a cell's text is; by PostgreSQL's type of its column.
enum class ValueType : std::uint8_t {
  kText,          // Also whatever has no line of its own here.
  kBoolean,       // "t", "f".
  kInteger,       // int2, int4, int8.
  kReal,          // float4, float8, numeric: also "NaN", "Infinity".
  kDay,           // "2026-11-22".
  kTime,          // timestamptz: "2026-11-22 12:00:00.5+00".
  kAddress,       // inet.
  kBytes,         // bytea: "\x0a0b".
  kTextArray,     // "{a,\"b c\",NULL}".
  kAddressArray,  // inet[].
  kIntegerArray,  // int2[], int4[], int8[].
};

// By the type's oid in pg_type.
ValueType ValueTypeOf(std::uint32_t oid);

struct TableColumn {
  std::string name;
  ValueType type = ValueType::kText;
};

// Rows are appended cell by cell, from left to right. Cells live in one block:
// a view of one holds until the next append.
class TextTable {
 public:
  TextTable() = default;
  explicit TextTable(std::vector<TableColumn> columns)
      : columns_(std::move(columns)) {}

  void Append(std::optional<std::string_view> cell);

  const std::vector<TableColumn>& columns() const { return columns_; }
  // Whole rows.
  std::size_t size() const {
    return columns_.empty() ? 0 : cells_.size() / columns_.size();
  }
  // nullopt: NULL.
  std::optional<std::string_view> at(std::size_t row, std::size_t column) const;
  // The column of that name; nullopt when there is none.
  std::optional<std::size_t> Find(std::string_view name) const;

 private:
  struct Cell {
    std::size_t end = 0;  // In bytes_; it begins where the one before ends.
    bool is_null = false;
  };
  std::vector<TableColumn> columns_;
  std::vector<Cell> cells_;
  std::string bytes_;
};

// The elements of an array's text; a NULL among them is left out.
std::vector<std::string> ArrayElements(std::string_view text);
// The text of an array, as a parameter for $1::text[].
std::string ArrayText(const std::vector<std::string>& elements);

}  // namespace taster::store
