// SPDX-License-Identifier: Apache-2.0
// Queries and responses as bytes, and the rows that carry them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "collector/store/judged_batch.h"

namespace taster::control {

// A query for the A records of `name`, id 0x1234, RD set.
std::string Query(const std::string& name);

// The response to that: `flags` beside QR and RD, `rcode`, one A record for
// each address, owner c00c, TTL 60.
struct Reply {
  std::vector<std::string> addresses;
  std::uint16_t flags = 0x0080;  // RA
  std::uint8_t rcode = 0;
  std::uint8_t ip_ttl = 50;
};
std::string Response(const std::string& name, const Reply& reply);

// A measurement of `name` at 192.0.2.53 that drew these replies, dissected.
store::MeasurementRow Measured(const std::string& name,
                               const std::vector<Reply>& replies);

}  // namespace taster::control
