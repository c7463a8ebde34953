// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/report_json.h"

#include <nlohmann/json.hpp>

#include "collector/cli/clock.h"
#include "collector/cli/measurement_id.h"
#include "collector/reference/day.h"

namespace taster::cli {
namespace {

using Json = nlohmann::ordered_json;

Json Addresses(const std::vector<net::IpAddress>& addresses) {
  Json list = Json::array();
  for (const net::IpAddress& address : addresses) {
    list.push_back(address.ToString());
  }
  return list;
}

Json Milliseconds(const std::optional<std::chrono::microseconds>& offset) {
  if (!offset.has_value()) return nullptr;
  return static_cast<double>(offset->count()) / 1000;
}

Json Cell(const store::ReportRow& row) {
  return {{"qname", row.qname},
          {"qtype", row.qtype},
          {"country", row.country},
          {"asn", row.asn},
          {"verdict", row.verdict},
          {"mechanisms", row.mechanisms},
          {"injectors", row.injectors},
          {"hops", row.hops},
          {"forged_addresses", Addresses(row.forged_addresses)},
          {"genuine_addresses", Addresses(row.genuine_addresses)},
          {"control_addresses", Addresses(row.control_addresses)},
          {"forged_ms", Milliseconds(row.forged_offset)},
          {"genuine_ms", Milliseconds(row.genuine_offset)},
          {"measurements", row.measurement_count},
          {"poisoned_measurements", row.poisoned_count},
          {"distinct_probes", row.vantage_count},
          {"witness", ToText({row.witness, row.witness_ordinal})}};
}

Json Moment(const std::optional<store::Time>& time) {
  if (!time.has_value()) return nullptr;
  return TimeToText(*time);
}

Json Control(const store::ControlHealthRow& row) {
  return {{"control", row.vantage_id},
          {"country", row.country},
          {"asn", row.asn},
          {"state", store::ToString(row.state)},
          {"since", TimeToText(row.since)},
          {"suspect_since", Moment(row.suspect_time)},
          {"last_answer", Moment(row.last_time)},
          {"reason", row.reason},
          {"names", row.names},
          {"failures", row.failures},
          {"disagreements", row.disagreements}};
}

}  // namespace

std::string ReportJson(const store::ReportQuery& query,
                       const std::vector<store::ReportRow>& rows,
                       const std::vector<store::ControlHealthRow>& controls) {
  Json cells = Json::array();
  for (const store::ReportRow& row : rows) cells.push_back(Cell(row));
  Json watched = Json::array();
  for (const auto& control : controls) watched.push_back(Control(control));
  const Json report = {{"format", "taster-report/1"},
                       {"since", reference::DayText(query.since)},
                       {"until", reference::DayText(query.until)},
                       {"cells", std::move(cells)},
                       {"controls", std::move(watched)}};
  return report.dump(1) + "\n";
}

}  // namespace taster::cli
