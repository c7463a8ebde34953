// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/openapi.h"

#include <nlohmann/json.hpp>

#include "collector/serve/filter.h"
#include "collector/serve/view_query.h"

namespace taster::serve {
namespace {

using Json = nlohmann::ordered_json;
using store::ValueType;

Json Reference(std::string_view place) {
  return {{"$ref", "#/components/" + std::string(place)}};
}

// JSON Schema of one element of the type.
Json PlainSchema(ValueType type) {
  switch (type) {
    case ValueType::kBoolean:
      return {{"type", "boolean"}};
    case ValueType::kInteger:
    case ValueType::kIntegerArray:
      return {{"type", "integer"}};
    case ValueType::kReal:
      return {{"type", "number"}};
    case ValueType::kDay:
      return {{"type", "string"}, {"format", "date"}};
    case ValueType::kTime:
      return {{"type", "string"}, {"format", "date-time"}};
    case ValueType::kBytes:
      return {{"type", "string"}, {"pattern", "^([0-9a-f]{2})*$"}};
    default:
      return {{"type", "string"}};
  }
}

bool IsArray(ValueType type) {
  return type == ValueType::kTextArray || type == ValueType::kAddressArray ||
         type == ValueType::kIntegerArray;
}

// Any column may be NULL for all that the catalogue says of a view.
Json ColumnSchema(const Column& column) {
  Json schema = PlainSchema(column.type);
  if (IsArray(column.type)) {
    schema = {{"type", "array"}, {"items", schema}};
  }
  schema["type"] = Json::array({schema["type"], "null"});
  if (!column.comment.empty()) schema["description"] = column.comment;
  return schema;
}

std::string FilterHint(const Column& column) {
  std::string hint = column.comment.empty() ? "" : column.comment + " ";
  if (IsArray(column.type)) return hint + "Has one of: a,b,c";
  switch (column.type) {
    case ValueType::kDay:
    case ValueType::kTime:
      return hint + "A day, or 2026-11-01..2026-11-20 (at most 366 days)";
    case ValueType::kInteger:
    case ValueType::kReal:
      return hint + "A number, several as a,b,c, or a range as 1..5";
    case ValueType::kAddress:
      return hint + "An address or a prefix that contains it";
    default:
      return hint + "A value, several as a,b,c, or null";
  }
}

Json Parameters(const View& view) {
  Json parameters = Json::array();
  for (const char* name : {"limit", "cursor", "order", "format", "columns"}) {
    parameters.push_back(Reference("parameters/" + std::string(name)));
  }
  for (const Column& column : view.columns) {
    if (column.type == ValueType::kBytes) continue;
    parameters.push_back({{"name", column.name},
                          {"in", "query"},
                          {"description", FilterHint(column)},
                          {"schema", {{"type", "string"}}}});
  }
  return parameters;
}

Json Operation(const View& view) {
  const Json rows = {
      {"type", "object"},
      {"required", {"meta", "data"}},
      {"properties",
       {{"meta", Reference("schemas/meta")},
        {"data",
         {{"type", "array"}, {"items", Reference("schemas/" + view.name)}}}}}};
  Json responses;
  responses["200"] = {
      {"description", "Rows, in the order of the view's key."},
      {"content",
       {{"application/json", {{"schema", rows}}},
        {"text/csv", {{"schema", {{"type", "string"}}}}},
        {"application/jsonl", {{"schema", {{"type", "string"}}}}}}}};
  responses["304"] = {{"description", "Nothing has changed."}};
  for (const char* status : {"400", "406", "503"}) {
    responses[status] = Reference("responses/problem");
  }
  return {{"operationId", "read_" + view.name},
          {"summary", view.comment.empty() ? view.name : view.comment},
          {"parameters", Parameters(view)},
          {"responses", responses}};
}

Json RowSchema(const View& view) {
  Json properties = Json::object();
  for (const Column& column : view.columns) {
    properties[column.name] = ColumnSchema(column);
  }
  return {{"type", "object"}, {"properties", properties}};
}

Json MetaSchema() {
  const Json text = {{"type", {"string", "null"}}};
  const Json number = {{"type", {"integer", "null"}}};
  return {
      {"type", "object"},
      {"required", {"view", "count", "next", "period", "licence"}},
      {"properties",
       {{"view", {{"type", "string"}}},
        {"count", {{"type", "integer"}}},
        {"next",
         {{"type", {"string", "null"}},
          {"description", "Cursor of the next page; null: this is the last."}}},
        {"period",
         {{"type", "array"},
          {"items", {{"type", {"string", "null"}}, {"format", "date"}}},
          {"description", "First and last day of these rows."}}},
        {"probes",
         {{"type", {"integer", "null"}},
          {"description",
           "Distinct vantage points behind the row with the most of them; of "
           "views that do not count them, behind all that is published."}}},
        {"ruleset", text},
        {"update_time",
         {{"type", {"string", "null"}}, {"format", "date-time"}}},
        {"floor",
         {{"type", {"integer", "null"}},
          {"description",
           "Cells of fewer vantage points than this are not published."}}},
        {"licence", text},
        {"citation", text},
        {"attribution", text}}}};
}

Json ProblemResponse() {
  const Json schema = {{"type", "object"},
                       {"required", {"type", "title", "status", "detail"}},
                       {"properties",
                        {{"type", {{"type", "string"}}},
                         {"title", {{"type", "string"}}},
                         {"status", {{"type", "integer"}}},
                         {"detail", {{"type", "string"}}},
                         {"parameter", {{"type", "string"}}}}}};
  return {{"description", "Why there is no answer (RFC 9457)."},
          {"content", {{"application/problem+json", {{"schema", schema}}}}}};
}

Json CommonParameters() {
  const auto parameter = [](const char* name, const char* description,
                            Json schema) {
    return Json{{"name", name},
                {"in", "query"},
                {"description", description},
                {"schema", std::move(schema)}};
  };
  return {{"limit", parameter("limit", "Rows of one page.",
                              {{"type", "integer"},
                               {"minimum", 1},
                               {"maximum", kMostRows},
                               {"default", 100}})},
          {"cursor", parameter("cursor", "meta.next of the page before.",
                               {{"type", "string"}})},
          {"order", parameter("order",
                              "By the view's key; what has days begins with "
                              "the newest.",
                              {{"enum", {"asc", "desc"}}})},
          {"format", parameter("format", "Before the header Accept.",
                               {{"enum", {"json", "csv", "jsonl"}}})},
          {"columns",
           parameter("columns", "Only these: a,b,c", {{"type", "string"}})}};
}

}  // namespace

std::string ViewsJson(const Catalogue& catalogue) {
  Json views = Json::array();
  for (const View& view : catalogue.views()) {
    Json columns = Json::array();
    for (const Column& column : view.columns) {
      columns.push_back({{"name", column.name},
                         {"type", column.sql_type},
                         {"comment", column.comment}});
    }
    Json key = Json::array();
    for (const KeyColumn& each : view.key) {
      key.push_back(view.columns[each.column].name);
    }
    views.push_back({{"name", view.name},
                     {"comment", view.comment},
                     {"key", key},
                     {"columns", columns}});
  }
  return Json{{"views", views}}.dump(1) + "\n";
}

std::string OpenApiJson(const Catalogue& catalogue) {
  Json paths = Json::object();
  Json schemas = {{"meta", MetaSchema()}};
  for (const View& view : catalogue.views()) {
    paths["/api/v1/" + view.name] = {{"get", Operation(view)}};
    schemas[view.name] = RowSchema(view);
  }
  const Json document = {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "Taster"},
        {"version", "1"},
        {"description",
         "Which domain names are poisoned, where, how, and with what proof. "
         "Read only; no key, no cookie."}}},
      {"servers", {{{"url", "/"}}}},
      {"paths", paths},
      {"components",
       {{"schemas", schemas},
        {"parameters", CommonParameters()},
        {"responses", {{"problem", ProblemResponse()}}}}}};
  return document.dump(1) + "\n";
}

}  // namespace taster::serve
