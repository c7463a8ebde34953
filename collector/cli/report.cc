// SPDX-License-Identifier: Apache-2.0
// `taster-collector report`: which names get poisoned, and how.

#include <chrono>
#include <cstdio>
#include <map>
#include <string>

#include "collector/cli/commands.h"
#include "collector/cli/control_table.h"
#include "collector/cli/exit_code.h"
#include "collector/cli/report_json.h"
#include "collector/cli/report_table.h"
#include "collector/reference/day.h"
#include "collector/store/control_health.h"
#include "collector/store/report_reader.h"
#include "proto/dns/name.h"

namespace taster::cli {
namespace {

constexpr std::chrono::days kDefaultSpan{7};

absl::StatusOr<store::ReportQuery> ToQuery(const ReportOptions& options) {
  const auto today =
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  store::ReportQuery query;
  query.until = today;
  query.since = today - kDefaultSpan;
  if (!options.since.empty()) {
    const auto day = reference::ParseDay(options.since);
    if (!day) return absl::InvalidArgumentError("--since: not a day");
    query.since = *day;
  }
  if (!options.until.empty()) {
    const auto day = reference::ParseDay(options.until);
    if (!day) return absl::InvalidArgumentError("--until: not a day");
    query.until = *day;
  }
  if (query.until < query.since) {
    return absl::InvalidArgumentError("--until lies before --since");
  }
  if (!options.name.empty()) {
    const auto name = dns::Name::Parse(options.name);
    if (!name) return absl::InvalidArgumentError("--name: not a domain name");
    query.qname = name->ToText();
  }
  query.with_consistent = options.all;
  return query;
}

}  // namespace

int Report(const Settings& settings, const ReportOptions& options) {
  const auto query = ToQuery(options);
  if (!query.ok()) return Fail(query.status());
  const auto connection = ConnectionFor(settings, "taster_analyst");
  if (!connection.ok()) return Fail(connection.status());
  const auto rows = store::ReadReport(*connection, *query);
  if (!rows.ok()) return Fail(rows.status());
  const auto controls = store::ReportControlHealth(*connection);
  if (!controls.ok()) return Fail(controls.status());
  const std::string text = options.json
                               ? ReportJson(*query, *rows, *controls)
                               : ReportTable(*rows) + ControlTable(*controls);
  std::fputs(text.c_str(), stdout);
  return kOk;
}

}  // namespace taster::cli
