// SPDX-License-Identifier: Apache-2.0
#include "collector/exchange/taster_line.h"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/time_util.h>

#include <algorithm>

#include "collector/exchange/json_place.h"

namespace taster::exchange {
namespace {

using google::protobuf::Timestamp;
using google::protobuf::util::TimeUtil;
using OrderedJson = nlohmann::ordered_json;

// "(responses[0].message)" at the front of protobuf's message to
// "responses[0].message". Its words are keys of the file: only what could be
// one of ours is told; empty otherwise.
std::string FieldOf(const std::string& message) {
  constexpr std::size_t kMaxBytes = 100;
  if (!message.starts_with('(')) return {};
  const std::size_t end = message.find(')');
  if (end == std::string::npos || end > kMaxBytes) return {};
  std::string field = message.substr(1, end - 1);
  const bool is_plain = std::ranges::all_of(field, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '[' ||
           c == ']';
  });
  return is_plain ? field : std::string();
}

void ReadMeasurement(const Place& place, v1::Measurement* measurement) {
  if (place.absent()) {
    place.Refuse("missing");
    return;
  }
  // The JSON was parsed, so that its depth is bounded and its text is UTF-8.
  const auto status = google::protobuf::util::JsonStringToMessage(
      place.value()->dump(), measurement);
  if (status.ok()) return;
  const std::string field = FieldOf(status.message().ToString());
  const Place at = field.empty() ? place : place.Member(field.c_str());
  at.Refuse("not as taster.v1 has it");
}

void ReadNetwork(const Place& place, judge::Network* network) {
  const Place country = place.Member("country");
  network->country = country.Text().value_or("");
  const bool is_code = network->country.size() == 2 &&
                       std::ranges::all_of(network->country, [](char c) {
                         return c >= 'A' && c <= 'Z';
                       });
  if (!network->country.empty() && !is_code) {
    country.Refuse("not a country code");
  }
  network->asn = static_cast<std::uint32_t>(
      place.Member("asn").Integer(0, 0xffffffff).value_or(0));
}

void ReadRole(const Place& place, Role* role) {
  const auto text = place.Text();
  if (text == "control") {
    *role = Role::kControl;
  } else if (text != "probe") {
    place.Refuse("neither probe nor control");
  }
}

void CheckTime(const Place& place, const Timestamp& query_time) {
  const auto text = place.Text();
  if (!text) return;
  Timestamp time;
  if (!TimeUtil::FromString(std::string(*text), &time)) {
    place.Refuse("not a time like 2026-11-22T08:00:00Z");
  } else if (time.seconds() != query_time.seconds()) {
    place.Refuse("not the time of measurement.query_time");
  }
}

}  // namespace

std::string ToText(const TasterLine& line) {
  std::string measurement;
  // Fails for a time or a duration that JSON has no form for.
  const auto status = google::protobuf::util::MessageToJsonString(
      line.measurement, &measurement);
  if (!status.ok()) measurement = "null";
  Timestamp time;
  time.set_seconds(line.measurement.query_time().seconds());
  const OrderedJson text = {
      {"id", line.id},
      {"set", line.set},
      {"role", line.role == Role::kControl ? "control" : "probe"},
      {"network",
       {{"country", line.network.country}, {"asn", line.network.asn}}},
      {"time", TimeUtil::ToString(time)},
      {"measurement", OrderedJson::parse(measurement, nullptr, false)}};
  return text.dump(-1, ' ', true, OrderedJson::error_handler_t::replace);
}

std::variant<TasterLine, BadInput> ParseTasterLine(std::string_view text,
                                                   std::size_t number) {
  const auto parsed = ParseJson(text, number);
  const Json* const document = std::get_if<Json>(&parsed);
  if (document == nullptr) return std::get<BadInput>(parsed);
  Complaint complaint;
  const Place root(document, "", &complaint);
  TasterLine line;
  const Place id = root.Member("id");
  line.id = id.Text().value_or("");
  if (line.id.empty()) id.Refuse("missing");
  line.set = root.Member("set").Text().value_or("");
  ReadRole(root.Member("role"), &line.role);
  ReadNetwork(root.Member("network"), &line.network);
  ReadMeasurement(root.Member("measurement"), &line.measurement);
  CheckTime(root.Member("time"), line.measurement.query_time());
  if (complaint.ok()) return line;
  return BadInput{.line = number, .what = complaint.what()};
}

}  // namespace taster::exchange
