// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "collector/serve/answer_text.h"
#include "collector/serve/file_digest.h"
#include "collector/serve/publish_parts.h"
#include "collector/serve/select.h"

namespace taster::serve {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kAtOnce = 5'000;  // Rows in memory.

constexpr char kDaysSql[] =
    "SELECT day, max(update_time), count(*) FROM pub.cell GROUP BY day "
    "ORDER BY day";

struct DayFiles {
  std::string csv;
  std::string lines;
};

// The cells of a day, in the order of their key.
absl::StatusOr<DayFiles> ReadDay(const std::string& day, const View& cell,
                                 store::PubReader& reader) {
  DayFiles files;
  ViewQuery query{.view = &cell, .limit = kAtOnce};
  for (std::size_t i = 0; i < cell.columns.size(); ++i) {
    query.columns.push_back(i);
  }
  query.conditions.push_back({.column = *cell.Find("day"), .values = {day}});
  while (true) {
    const Statement statement = BuildSelect(query);
    const auto rows = reader.Read(statement.sql, statement.parameters);
    if (!rows.ok()) return rows.status();
    const RowPage page{.rows = *rows,
                       .count = std::min(rows->size(), query.limit)};
    const std::string csv = CsvAnswer(query, page);
    // The names of columns stand once, at the beginning.
    files.csv += files.csv.empty() ? csv : csv.substr(csv.find('\n') + 1);
    files.lines += JsonLinesAnswer(query, page);
    if (rows->size() <= query.limit) return files;
    query.after = KeyOf(query, *rows, query.limit - 1);
  }
}

std::string_view FieldType(store::ValueType type) {
  switch (type) {
    case store::ValueType::kInteger:
      return "integer";
    case store::ValueType::kReal:
      return "number";
    case store::ValueType::kBoolean:
      return "boolean";
    case store::ValueType::kDay:
      return "date";
    case store::ValueType::kTime:
      return "datetime";
    default:
      return "string";
  }
}

// Frictionless Data Package, profile tabular-data-package.
std::string DataPackage(const std::string& day, const std::string& update_time,
                        const View& cell, const Release& release) {
  Json fields = Json::array();
  for (const Column& column : cell.columns) {
    fields.push_back({{"name", column.name},
                      {"type", FieldType(column.type)},
                      {"description", column.comment}});
  }
  const Json package = {
      {"name", "taster-cell-" + day},
      {"title", "DNS poisoning by domain and network, " + day},
      {"licenses", {{{"name", release.licence}}}},
      {"sources", {{{"title", release.attribution}}}},
      {"taster:citation", release.citation},
      {"taster:floor", Json::parse(release.floor, nullptr, false)},
      {"taster:update_time", update_time},
      {"resources",
       {{{"name", "cell"},
         {"path", "cell.csv.gz"},
         {"profile", "tabular-data-resource"},
         {"compression", "gz"},
         {"encoding", "utf-8"},
         {"schema", {{"fields", fields}, {"missingValues", {""}}}}},
        {{"name", "cell-lines"},
         {"path", "cell.jsonl.gz"},
         {"format", "jsonl"},
         {"compression", "gz"}}}}};
  return package.dump(1) + "\n";
}

constexpr const char* kNames[] = {"cell.csv.gz", "cell.jsonl.gz",
                                  "datapackage.json", "SHA256SUMS"};

bool IsCurrent(const std::string& at, const std::string& package,
               const Mirror& mirror) {
  for (const char* name : kNames) {
    if (!mirror.Has(at + name)) return false;
  }
  return mirror.Read(at + "datapackage.json") == package;
}

absl::Status PublishDay(const Publication& publication, const View& cell,
                        const std::string& day,
                        const std::string& update_time) {
  Mirror& mirror = publication.mirror;
  const std::string at = "export/" + day + "/";
  const std::string package =
      DataPackage(day, update_time, cell, publication.release);
  if (IsCurrent(at, package, mirror)) {
    for (const char* name : kNames) mirror.Keep(at + name);
    return absl::OkStatus();
  }
  const auto files = ReadDay(day, cell, publication.reader);
  if (!files.ok()) return files.status();
  const std::string contents[] = {Gzipped(files->csv), Gzipped(files->lines),
                                  package};
  std::string sums;
  absl::Status status;
  for (std::size_t i = 0; i < 3; ++i) {
    sums += Sha256Hex(contents[i]) + "  " + kNames[i] + "\n";
    status.Update(mirror.Put(at + kNames[i], contents[i]));
  }
  status.Update(mirror.Put(at + "SHA256SUMS", sums));
  return status;
}

}  // namespace

absl::Status PublishExports(const Publication& publication, const View& cell) {
  const auto days = publication.reader.Read(kDaysSql, {});
  if (!days.ok()) return days.status();
  Json index = Json::array();
  for (std::size_t row = 0; row < days->size(); ++row) {
    const std::string day(days->at(row, 0).value_or(""));
    const std::string update_time(days->at(row, 1).value_or(""));
    const absl::Status status = PublishDay(publication, cell, day, update_time);
    if (!status.ok()) return status;
    index.push_back({{"day", day},
                     {"rows", Json::parse(days->at(row, 2).value_or("0"))},
                     {"path", "export/" + day + "/"}});
  }
  publication.on_progress("exports: " + std::to_string(days->size()) + " days");
  return publication.mirror.Put(
      "export/index.json", Json{{"days", std::move(index)}}.dump(1) + "\n");
}

}  // namespace taster::serve
