// SPDX-License-Identifier: Apache-2.0
// `taster-collector rollup`: makes what is published, once, by hand.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "collector/cli/commands.h"
#include "collector/cli/exit_code.h"
#include "collector/cli/load_reference.h"
#include "collector/reference/day.h"
#include "collector/store/published_names.h"
#include "collector/store/second_level.h"

namespace taster::cli {
namespace {

using Steps = std::vector<store::RollUpStep>;

// A day tells of events up to so many days away.
constexpr std::chrono::days kEventSpan{90};

void Append(const Steps& from, Steps* to) {
  to->insert(to->end(), from.begin(), from.end());
}

// Every day that is due, each in a transaction of its own. Returns the first of
// them; the end of days when there was none.
absl::StatusOr<std::chrono::sys_days> RollUpDays(
    store::SecondLevel* second_level, Steps* done) {
  auto first = std::chrono::sys_days::max();
  for (bool is_due = true; is_due;) {
    const auto steps = second_level->DoDue(1);
    if (!steps.ok()) return steps.status();
    is_due = false;
    for (const store::RollUpStep& step : *steps) {
      if (!step.day) continue;
      is_due = true;
      first = std::min(first, *step.day);
    }
    Append(*steps, done);
  }
  return first;
}

// Days and totals. A collector that is at it hides that days are due; summing
// up waits for it.
absl::StatusOr<Steps> RollUpAll(store::SecondLevel* second_level) {
  auto since =
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  Steps done;
  for (bool is_first = true;; is_first = false) {
    const auto first = RollUpDays(second_level, &done);
    if (!first.ok()) return first.status();
    if (!is_first && *first == std::chrono::sys_days::max()) return done;
    since = std::min(since, *first);
    const auto sums = second_level->SumUp(since - kEventSpan);
    if (!sums.ok()) return sums.status();
    Append(*sums, &done);
  }
}

std::string Json(const Steps& steps, std::int64_t named) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const store::RollUpStep& step : steps) {
    nlohmann::ordered_json entry;
    entry["step"] = step.step;
    entry["day"] = nullptr;
    if (step.day) entry["day"] = reference::DayText(*step.day);
    entry["changed_rows"] = step.changed;
    entry["seconds"] = std::chrono::duration<double>(step.took).count();
    list.push_back(std::move(entry));
  }
  nlohmann::ordered_json report;
  report["format"] = "taster-rollup/1";
  report["steps"] = std::move(list);
  report["named"] = named;
  return report.dump(2) + "\n";
}

std::string Table(const Steps& steps, std::int64_t named) {
  std::string text;
  for (const store::RollUpStep& step : steps) {
    text += step.step + (step.day ? " " + reference::DayText(*step.day) : "") +
            ": " + std::to_string(step.changed) + " rows changed\n";
  }
  return text + "named: " + std::to_string(named) + "\n";
}

}  // namespace

int RollUpOnce(const Settings& settings, const RollUpOptions& options) {
  const auto connection = ConnectionFor(settings, "taster_judge");
  if (!connection.ok()) return Fail(connection.status());
  const auto networks = LoadNetworks(options.networks);
  if (!networks.ok()) return Fail(networks.status());
  store::SecondLevel second_level(*connection);
  if (options.floor > 0) {
    const auto set = second_level.SetFloor(options.floor);
    if (!set.ok()) return Fail(set);
  }
  const auto steps = RollUpAll(&second_level);
  if (!steps.ok()) return Fail(steps.status());
  // Without tables it would forget what `serve` knows.
  std::int64_t named = 0;
  if (!options.networks.empty()) {
    const auto count = store::NamePublished(*connection, *networks);
    if (!count.ok()) return Fail(count.status());
    named = *count;
  }
  const std::string text =
      options.json ? Json(*steps, named) : Table(*steps, named);
  std::fputs(text.c_str(), stdout);
  return kOk;
}

}  // namespace taster::cli
