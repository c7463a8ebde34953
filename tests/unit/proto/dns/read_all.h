// SPDX-License-Identifier: Apache-2.0
// Touches everything that can be read of a message.
#pragma once

#include <cstdint>
#include <span>

#include "proto/dns/message_reader.h"

namespace taster::dns {

struct ReadCounts {
  int questions = 0;
  int records = 0;
  Defect defect = Defect::kNone;
};

// Expands every name, looks for a name at the start of every RDATA, reads
// every SVCB record, and checks that what was given lies inside `message`.
// Aborts when it does not.
ReadCounts ReadAll(std::span<const std::uint8_t> message);

}  // namespace taster::dns
