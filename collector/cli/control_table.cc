// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/control_table.h"

#include <cstdio>

#include "collector/cli/clock.h"

namespace taster::cli {

std::string ControlTable(const std::vector<store::ControlHealthRow>& controls) {
  if (controls.empty()) return {};
  std::string text = "\nCONTROLS\n";
  for (const store::ControlHealthRow& row : controls) {
    char line[128];
    const std::string network = row.country + "/AS" + std::to_string(row.asn);
    std::snprintf(line, sizeof(line), "%-6lld %-12s %-9s since %s",
                  static_cast<long long>(row.vantage_id), network.c_str(),
                  std::string(store::ToString(row.state)).c_str(),
                  TimeToText(row.since).substr(0, 19).c_str());
    text += line;
    text += row.last_time
                ? ", last answer " + TimeToText(*row.last_time).substr(0, 19)
                : std::string(", never answered");
    if (!row.reason.empty()) text += ": " + row.reason;
    text += "\n";
  }
  return text;
}

}  // namespace taster::cli
