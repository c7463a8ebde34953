// SPDX-License-Identifier: Apache-2.0
// What the database says of its public views. No other identifier ever gets
// into a statement.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/store/text_table.h"

namespace taster::serve {

struct Column {
  std::string name;
  store::ValueType type = store::ValueType::kText;
  std::string sql_type;  // "double precision": what a parameter is cast to.
  std::string comment{};
};

struct KeyColumn {
  std::size_t column = 0;  // In View::columns.
  bool nullable = false;
};

struct View {
  std::string name;
  std::string comment{};
  std::vector<Column> columns{};
  std::vector<KeyColumn> key{};
  bool newest_first = false;  // The key begins with a day.

  std::optional<std::size_t> Find(std::string_view column) const;
};

class Catalogue {
 public:
  // From the rows of kCatalogueSql. A view without a key in views.h, or
  // without the columns of it, is left out.
  static Catalogue From(const store::TextTable& rows);

  const std::vector<View>& views() const { return views_; }
  const View* Find(std::string_view name) const;  // nullptr: none.

 private:
  std::vector<View> views_;  // By name.
};

// Columns: view, comment of it, column, type's oid, type, comment.
extern const char kCatalogueSql[];

}  // namespace taster::serve
