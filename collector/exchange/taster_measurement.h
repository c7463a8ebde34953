// SPDX-License-Identifier: Apache-2.0
// Between a measurement as the wire has it and a record.
#pragma once

#include <optional>

#include "collector/exchange/json_place.h"
#include "collector/exchange/taster_line.h"

namespace taster::exchange {

// Dissects `line`. Values that no collector would admit are complained of by
// the path of their field.
Record RecordOf(const TasterLine& line, Complaint* complaint);

// The evidence of `record`. nullopt when its query's or a reply's bytes are
// not known: such a record is no evidence of ours.
std::optional<TasterLine> EvidenceOf(const Record& record);

}  // namespace taster::exchange
