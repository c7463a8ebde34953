// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/review_text.h"

#include <nlohmann/json.hpp>

#include "collector/cli/measurement_id.h"
#include "collector/reference/day.h"
#include "fmt/format.h"

namespace taster::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string ChangeText(const control::ClassChange& change) {
  if (change.first == change.second) {
    return fmt::format("{} as before", judge::ToString(change.first));
  }
  return fmt::format("{} -> {}", judge::ToString(change.first),
                     judge::ToString(change.second));
}

std::string RulesText(char sign, const std::set<std::string>& rules) {
  std::string text;
  for (const std::string& rule : rules) {
    text += fmt::format("  {}{}", sign, rule);
  }
  return text;
}

std::string WitnessText(const store::SetKey& key) {
  const std::string id = ToText({key.batch, 0});
  return fmt::format("{} set {}", id.substr(0, id.rfind('/')), key.set);
}

Json ChangesJson(const control::ClassChanges& changes) {
  Json list = Json::array();
  for (const auto& [change, count] : changes) {
    list.push_back({{"before", judge::ToString(change.first)},
                    {"now", judge::ToString(change.second)},
                    {"sets", count}});
  }
  return list;
}

}  // namespace

std::string ReviewTable(const control::Review& review, bool dry_run) {
  std::string text = fmt::format(
      "{} sets ({} measurements) of {} days judged; {} {}\n", review.sets,
      review.measurements, review.days, review.changed_sets,
      dry_run ? "would change, nothing was replaced" : "changed");
  for (const auto& [change, count] : review.classes) {
    text += fmt::format("  {:<36} {}\n", ChangeText(change), count);
  }
  for (const auto& [cell, change] : review.cells) {
    text +=
        fmt::format("{}  {}/{}  {} ", reference::DayText(cell.day),
                    cell.network.country.empty() ? "-" : cell.network.country,
                    cell.network.asn, cell.qname);
    for (const auto& [classes, count] : change.sets) {
      text += fmt::format(" {} ({})", ChangeText(classes), count);
    }
    text += RulesText('+', change.newly_fired);
    text += RulesText('-', change.fire_no_more);
    text += '\n';
  }
  return text;
}

std::string ReviewJson(const control::Review& review, bool dry_run) {
  Json cells = Json::array();
  for (const auto& [cell, change] : review.cells) {
    cells.push_back({{"day", reference::DayText(cell.day)},
                     {"country", cell.network.country},
                     {"asn", cell.network.asn},
                     {"qname", cell.qname},
                     {"classes", ChangesJson(change.sets)},
                     {"newly_fired", change.newly_fired},
                     {"fire_no_more", change.fire_no_more},
                     {"witness", WitnessText(change.witness)}});
  }
  return Json{{"format", "taster-rejudged/1"},
              {"dry_run", dry_run},
              {"days", review.days},
              {"sets", review.sets},
              {"measurements", review.measurements},
              {"changed_sets", review.changed_sets},
              {"classes", ChangesJson(review.classes)},
              {"cells", std::move(cells)}}
             .dump(1) +
         "\n";
}

}  // namespace taster::cli
