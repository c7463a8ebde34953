// SPDX-License-Identifier: Apache-2.0
// A line of our own evidence: a measurement as the wire has it, and its place.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "collector/exchange/record.h"
#include "taster/v1/measurement.pb.h"

namespace taster::exchange {

// One line of the format `taster`:
//   {"id", "set", "role": "probe" or "control",
//    "network": {"country", "asn"}, "time": "2026-11-22T08:00:00Z",
//    "measurement": taster.v1.Measurement in protobuf's JSON mapping}
// `time` is the measurement's query_time without its fraction, for people; a
// line in which the two differ is refused, one without `time` is not.
struct TasterLine {
  std::string id;
  std::string set;
  Role role = Role::kProbe;
  judge::Network network;
  v1::Measurement measurement;
};

// On one line, without its end. Text that is not UTF-8 is not kept.
std::string ToText(const TasterLine& line);

// `text` is the JSON document that starts at `number`. Checks the syntax and
// the types; RecordOf checks the values.
std::variant<TasterLine, BadInput> ParseTasterLine(std::string_view text,
                                                   std::size_t number);

}  // namespace taster::exchange
