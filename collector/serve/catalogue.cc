// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/catalogue.h"

#include <charconv>
#include <utility>

#include "collector/serve/views.h"

namespace taster::serve {
namespace {

std::string Text(const store::TextTable& rows, std::size_t row,
                 std::size_t column) {
  return std::string(rows.at(row, column).value_or(""));
}

Column ReadColumn(const store::TextTable& rows, std::size_t row) {
  const std::string oid = Text(rows, row, 3);
  std::uint32_t number = 0;
  std::from_chars(oid.data(), oid.data() + oid.size(), number);
  return {.name = Text(rows, row, 2),
          .type = store::ValueTypeOf(number),
          .sql_type = Text(rows, row, 4),
          .comment = Text(rows, row, 5)};
}

// False when a column of the key is missing.
bool SetKey(std::string_view columns, View* view) {
  while (!columns.empty()) {
    const std::size_t end = std::min(columns.find(','), columns.size());
    std::string_view name = columns.substr(0, end);
    const bool nullable = name.ends_with('?');
    if (nullable) name.remove_suffix(1);
    const auto found = view->Find(name);
    if (!found) return false;
    view->key.push_back({.column = *found, .nullable = nullable});
    columns.remove_prefix(std::min(end + 1, columns.size()));
  }
  view->newest_first =
      !view->key.empty() && view->columns[view->key[0].column].name == "day";
  return true;
}

}  // namespace

const char kCatalogueSql[] = R"sql(
SELECT c.relname, obj_description(c.oid, 'pg_class'), a.attname,
    a.atttypid::bigint, format_type(a.atttypid, NULL),
    col_description(c.oid, a.attnum)
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
WHERE c.relnamespace = to_regnamespace('pub')
AND c.relkind IN ('v', 'm', 'r') AND a.attnum > 0 AND NOT a.attisdropped
AND has_table_privilege(c.oid, 'SELECT')
ORDER BY c.relname COLLATE "C", a.attnum
)sql";

std::optional<std::size_t> View::Find(std::string_view column) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == column) return i;
  }
  return std::nullopt;
}

Catalogue Catalogue::From(const store::TextTable& rows) {
  Catalogue catalogue;
  for (const ViewKey& key : ViewKeys()) {
    View view{.name = std::string(key.view)};
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (rows.at(row, 0) != key.view) continue;
      view.comment = Text(rows, row, 1);
      view.columns.push_back(ReadColumn(rows, row));
    }
    if (!view.columns.empty() && SetKey(key.columns, &view)) {
      catalogue.views_.push_back(std::move(view));
    }
  }
  return catalogue;
}

const View* Catalogue::Find(std::string_view name) const {
  for (const View& view : views_) {
    if (view.name == name) return &view;
  }
  return nullptr;
}

}  // namespace taster::serve
