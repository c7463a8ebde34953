// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/select.h"

namespace taster::serve {
namespace {

// Names come from the catalogue; quoting only keeps words of SQL apart.
std::string Quoted(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

// What stands for NULL in a key.
const char* Least(store::ValueType type) {
  switch (type) {
    case store::ValueType::kInteger:
    case store::ValueType::kReal:
      return "-1";
    case store::ValueType::kAddress:
      return "'::'::inet";
    default:
      return "''";
  }
}

class Builder {
 public:
  explicit Builder(const ViewQuery& query) : query_(query) {}

  Statement Build() {
    statement_.sql = "SELECT ";
    AddColumns();
    statement_.sql += " FROM pub." + Quoted(query_.view->name);
    const char* joiner = " WHERE ";
    for (const Condition& condition : query_.conditions) {
      statement_.sql += joiner;
      AddCondition(condition);
      joiner = " AND ";
    }
    if (!query_.after.empty()) {
      statement_.sql += joiner;
      AddAfter();
    }
    AddOrder();
    statement_.sql += " LIMIT " + std::to_string(query_.limit + 1);
    return std::move(statement_);
  }

 private:
  std::string Parameter(const std::string& value, const std::string& type) {
    statement_.parameters.emplace_back(value);
    return "$" + std::to_string(statement_.parameters.size()) + "::" + type;
  }

  const Column& column(std::size_t index) const {
    return query_.view->columns[index];
  }

  // The column as pages are ordered by it: never NULL.
  std::string Ordered(const KeyColumn& key) const {
    const Column& named = column(key.column);
    if (!key.nullable) return Quoted(named.name);
    return "coalesce(" + Quoted(named.name) + ", " + Least(named.type) + ")";
  }

  void AddColumns() {
    for (const std::size_t index : query_.columns) {
      statement_.sql += Quoted(column(index).name) + ", ";
    }
    // A name of their own: ORDER BY means the columns themselves.
    std::size_t number = 0;
    for (const KeyColumn& key : query_.view->key) {
      statement_.sql +=
          Ordered(key) + "::text AS key_" + std::to_string(number++) + ", ";
    }
    statement_.sql.resize(statement_.sql.size() - 2);
  }

  void AddCondition(const Condition& condition) {
    const Column& named = column(condition.column);
    const std::string name = Quoted(named.name);
    std::string& sql = statement_.sql;
    switch (condition.comparison) {
      case Comparison::kIsNull:
        sql += name + " IS NULL";
        return;
      case Comparison::kBetween:
        sql +=
            name + " BETWEEN " + Parameter(condition.values[0], named.sql_type);
        sql += " AND " + Parameter(condition.values[1], named.sql_type);
        return;
      case Comparison::kWithin:
        sql += name + " <<= ANY (" + ArrayOf(condition, "inet[]") + ")";
        return;
      case Comparison::kOverlaps:
        sql += name + " && " + ArrayOf(condition, named.sql_type);
        return;
      case Comparison::kAnyOf:
        if (condition.values.size() == 1) {
          sql += name + " = " + Parameter(condition.values[0], named.sql_type);
          return;
        }
        sql +=
            name + " = ANY (" + ArrayOf(condition, named.sql_type + "[]") + ")";
    }
  }

  std::string ArrayOf(const Condition& condition, const std::string& type) {
    return Parameter(store::ArrayText(condition.values), type);
  }

  void AddAfter() {
    std::string left;
    std::string right;
    for (std::size_t i = 0; i < query_.view->key.size(); ++i) {
      const KeyColumn& key = query_.view->key[i];
      const char* separator = i == 0 ? "" : ", ";
      left += separator + Ordered(key);
      right +=
          separator + Parameter(query_.after[i], column(key.column).sql_type);
    }
    statement_.sql += "(" + left + ")" + (query_.descending ? " < " : " > ") +
                      "(" + right + ")";
  }

  void AddOrder() {
    const char* joiner = " ORDER BY ";
    for (const KeyColumn& key : query_.view->key) {
      statement_.sql += joiner + Ordered(key);
      if (query_.descending) statement_.sql += " DESC";
      joiner = ", ";
    }
  }

  const ViewQuery& query_;
  Statement statement_;
};

}  // namespace

Statement BuildSelect(const ViewQuery& query) { return Builder(query).Build(); }

std::vector<std::string> KeyOf(const ViewQuery& query,
                               const store::TextTable& rows, std::size_t row) {
  std::vector<std::string> key;
  for (std::size_t i = 0; i < query.view->key.size(); ++i) {
    key.emplace_back(rows.at(row, query.columns.size() + i).value_or(""));
  }
  return key;
}

}  // namespace taster::serve
