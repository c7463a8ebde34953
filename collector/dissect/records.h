// SPDX-License-Identifier: Apache-2.0
// From records to facts.
#pragma once

#include "collector/judge/observation.h"
#include "proto/dns/message_reader.h"

namespace taster::dissect {

// Reads every record that is left in `reader` and adds what it says to
// `observation`; the defect that ended the reading, if any, included.
void ReadRecords(dns::MessageReader* reader, judge::Observation* observation);

}  // namespace taster::dissect
