// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/view_query.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <optional>

#include "collector/serve/cursor.h"

namespace taster::serve {
namespace {

using Failure = std::optional<Problem>;

struct MediaType {
  std::string_view type;
  Format format;
};
constexpr MediaType kMediaTypes[] = {
    {"application/json", Format::kJson},
    {"text/csv", Format::kCsv},
    {"application/jsonl", Format::kJsonLines},
    {"application/x-ndjson", Format::kJsonLines},
    {"application/*", Format::kJson},
    {"*/*", Format::kJson},
};

// The first type of the list that there is; weights are not looked at.
std::optional<Format> Accepted(std::string_view accept) {
  if (accept.empty()) return Format::kJson;
  while (!accept.empty()) {
    const std::size_t comma = std::min(accept.find(','), accept.size());
    std::string_view type = accept.substr(0, comma);
    type = type.substr(0, type.find(';'));
    while (type.starts_with(' ')) type.remove_prefix(1);
    while (type.ends_with(' ')) type.remove_suffix(1);
    for (const MediaType& known : kMediaTypes) {
      if (known.type == type) return known.format;
    }
    accept.remove_prefix(std::min(comma + 1, accept.size()));
  }
  return std::nullopt;
}

Failure SetFormat(std::string_view value, ViewQuery* query) {
  if (value == "json") {
    query->format = Format::kJson;
  } else if (value == "csv") {
    query->format = Format::kCsv;
  } else if (value == "jsonl") {
    query->format = Format::kJsonLines;
  } else {
    return BadParameter("format", "It takes json, csv or jsonl.");
  }
  return std::nullopt;
}

Failure SetLimit(std::string_view value, ViewQuery* query) {
  std::size_t limit = 0;
  const auto [end, error] =
      std::from_chars(value.data(), value.data() + value.size(), limit);
  if (error != std::errc() || end != value.data() + value.size() ||
      limit == 0 || limit > kMostRows) {
    return BadParameter("limit", "It takes a number from 1 to 1000.");
  }
  query->limit = limit;
  return std::nullopt;
}

Failure SetOrder(std::string_view value, ViewQuery* query) {
  if (value != "asc" && value != "desc") {
    return BadParameter("order", "It takes asc or desc.");
  }
  query->descending = value == "desc";
  return std::nullopt;
}

Failure SetColumns(std::string_view value, ViewQuery* query) {
  query->columns.clear();
  while (true) {
    const std::size_t comma = std::min(value.find(','), value.size());
    const auto found = query->view->Find(value.substr(0, comma));
    if (!found) {
      return BadParameter("columns", "The view has no such column.");
    }
    if (std::find(query->columns.begin(), query->columns.end(), *found) !=
        query->columns.end()) {
      return BadParameter("columns", "A column is named twice.");
    }
    query->columns.push_back(*found);
    if (comma == value.size()) return std::nullopt;
    value.remove_prefix(comma + 1);
  }
}

Failure AddFilter(const std::string& name, std::string_view value,
                  ViewQuery* query) {
  const auto index = query->view->Find(name);
  if (!index) {
    return BadParameter(name, "The view has no such column.");
  }
  auto read = ReadFilter(query->view->columns[*index], *index, value);
  if (auto* problem = std::get_if<Problem>(&read)) return std::move(*problem);
  query->conditions.push_back(std::move(std::get<Condition>(read)));
  return std::nullopt;
}

Failure Take(const std::string& name, const std::string& value,
             ViewQuery* query) {
  if (name == "limit") return SetLimit(value, query);
  if (name == "order") return SetOrder(value, query);
  if (name == "columns") return SetColumns(value, query);
  if (name == "format") return SetFormat(value, query);
  if (name == "cursor") return std::nullopt;  // When all else is known.
  return AddFilter(name, value, query);
}

// Conditions in the order of their columns, so that the order of parameters
// makes no difference.
void SetQuestion(ViewQuery* query) {
  std::sort(query->conditions.begin(), query->conditions.end(),
            [](const Condition& left, const Condition& right) {
              return left.column < right.column;
            });
  query->question = query->view->name + (query->descending ? "\n-" : "\n+");
  for (const Condition& condition : query->conditions) {
    query->question += "\n" + query->view->columns[condition.column].name +
                       std::to_string(static_cast<int>(condition.comparison));
    for (const std::string& value : condition.values) {
      query->question += "\t" + value;
    }
  }
}

Failure SetCursor(const QueryParameters& parameters,
                  const envelope::Secret& secret, ViewQuery* query) {
  for (const auto& [name, value] : parameters) {
    if (name != "cursor") continue;
    auto key = ReadCursor(secret, query->question, value);
    if (!key || key->size() != query->view->key.size() || key->empty()) {
      return BadParameter("cursor",
                          "It is not one that this interface gave for this "
                          "view, these filters and this order. Begin again "
                          "without it.");
    }
    query->after = *std::move(key);
  }
  return std::nullopt;
}

}  // namespace

std::variant<ViewQuery, Problem> ReadViewQuery(
    const View& view, const QueryParameters& parameters,
    std::string_view accept, const envelope::Secret& secret) {
  ViewQuery query{.view = &view, .descending = view.newest_first};
  query.columns.resize(view.columns.size());
  std::iota(query.columns.begin(), query.columns.end(), std::size_t{0});
  const bool has_format =
      std::any_of(parameters.begin(), parameters.end(),
                  [](const auto& each) { return each.first == "format"; });
  if (!has_format) {
    const auto format = Accepted(accept);
    if (!format) return NotAcceptable();
    query.format = *format;
  }
  for (const auto& [name, value] : parameters) {
    if (auto problem = Take(name, value, &query)) return *std::move(problem);
  }
  SetQuestion(&query);
  if (auto problem = SetCursor(parameters, secret, &query)) {
    return *std::move(problem);
  }
  return query;
}

}  // namespace taster::serve
