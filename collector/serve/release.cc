// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/release.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "collector/serve/json_text.h"
#include "proto/envelope/sign.h"

namespace taster::serve {
namespace {

std::string Text(const store::TextTable& rows, std::string_view column) {
  const auto index = rows.Find(column);
  if (!index || rows.size() == 0) return {};
  return std::string(rows.at(0, *index).value_or(""));
}

std::string Number(const store::TextTable& rows, std::string_view column) {
  std::string text = Text(rows, column);
  return text.empty() ? "null" : text;
}

std::string StampOf(const store::TextTable& rows) {
  std::string all;
  for (std::size_t i = 0; rows.size() > 0 && i < rows.columns().size(); ++i) {
    all += rows.at(0, i).value_or("\t");
    all += '\n';
  }
  return envelope::ToHex(envelope::HashOf(all)).substr(0, 24);
}

void AppendOrNull(std::string_view text, std::string* json) {
  if (text.empty()) {
    *json += "null";
  } else {
    AppendJsonText(text, json);
  }
}

std::string_view Or(const std::string& text, const std::string& other) {
  return text.empty() ? other : text;
}

}  // namespace

const char kReleaseSql[] =
    "SELECT floor, licence, citation, attribution, ruleset, update_time, "
    "first_day, last_day, probes, networks, domains FROM pub.release";

Release ReadRelease(const store::TextTable& rows) {
  Release release;
  release.stamp = StampOf(rows);
  release.update_time = TimeText(Text(rows, "update_time"));
  release.first_day = Text(rows, "first_day");
  release.last_day = Text(rows, "last_day");
  release.ruleset = Text(rows, "ruleset");
  release.licence = Text(rows, "licence");
  release.citation = Text(rows, "citation");
  release.attribution = Text(rows, "attribution");
  release.floor = Number(rows, "floor");
  release.probes = Number(rows, "probes");
  return release;
}

Coverage CoverageOf(const store::TextTable& rows, std::size_t count) {
  Coverage coverage;
  const auto day = rows.Find("day");
  const auto probes = rows.Find("probes");
  const auto ruleset = rows.Find("ruleset");
  std::int64_t most = -1;
  for (std::size_t row = 0; row < count; ++row) {
    if (const auto cell = day ? rows.at(row, *day) : std::nullopt) {
      if (coverage.from.empty() || *cell < coverage.from) coverage.from = *cell;
      coverage.to = std::max(coverage.to, std::string(*cell));
    }
    if (const auto cell = probes ? rows.at(row, *probes) : std::nullopt) {
      std::int64_t number = 0;
      std::from_chars(cell->data(), cell->data() + cell->size(), number);
      most = std::max(most, number);
    }
    if (const auto cell = ruleset ? rows.at(row, *ruleset) : std::nullopt) {
      coverage.ruleset = std::max(coverage.ruleset, std::string(*cell));
    }
  }
  if (most >= 0) coverage.probes = std::to_string(most);
  return coverage;
}

std::string MetaMembers(const Release& release, const Coverage& coverage) {
  std::string json = "\"period\":[";
  AppendOrNull(Or(coverage.from, release.first_day), &json);
  json += ',';
  AppendOrNull(Or(coverage.to, release.last_day), &json);
  json += "],\"probes\":";
  json += Or(coverage.probes, release.probes);
  json += ",\"ruleset\":";
  AppendOrNull(Or(coverage.ruleset, release.ruleset), &json);
  json += ",\"update_time\":";
  AppendOrNull(release.update_time, &json);
  json += ",\"floor\":" + release.floor + ",\"licence\":";
  AppendOrNull(release.licence, &json);
  json += ",\"citation\":";
  AppendOrNull(release.citation, &json);
  json += ",\"attribution\":";
  AppendOrNull(release.attribution, &json);
  return json;
}

}  // namespace taster::serve
