// SPDX-License-Identifier: Apache-2.0
// Raw bytes to observation. Pure: no clock, no network, no database.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

#include "collector/judge/case.h"
#include "collector/judge/observation.h"

namespace taster::dissect {

// The query's facts that a reply is held against. False unless `query` is a
// well-formed DNS query (QR=0) with exactly one question; then fills qname,
// qtype, qclass, query_id, query_flags and query_has_opt of `asked`, which is
// else untouched.
bool DissectQuery(std::span<const std::uint8_t> query, judge::Asked* asked);

// Header facts that travelled beside a reply.
struct Arrival {
  std::chrono::microseconds offset{0};
  net::Endpoint source;
  std::optional<std::uint8_t> ip_ttl;
  std::optional<bool> dont_fragment;
  std::optional<bool> ip_id_zero;
};

// A malformed reply is an observation with a defect, never an error; it keeps
// what stood before the defect. `asked` needs what DissectQuery fills, and
// `server`; where that is absent any source fits.
judge::Observation Dissect(std::span<const std::uint8_t> message,
                           const Arrival& arrival, const judge::Asked& asked);

}  // namespace taster::dissect
