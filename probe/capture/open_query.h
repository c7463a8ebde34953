// SPDX-License-Identifier: Apache-2.0
// What the engine remembers of a query while its window is open: 24 bytes.
#pragma once

#include <chrono>
#include <cstdint>

#include "probe/capture/witness.h"

namespace taster::capture {

// Kept of one query; the rest is counted.
inline constexpr std::uint32_t kKeptDatagrams = 8;
inline constexpr std::uint32_t kKeptIcmpErrors = 8;

// Microseconds of the steady clock since some epoch, modulo 2^32 (71 minutes):
// only differences mean anything.
using Ticks = std::uint32_t;

inline std::chrono::microseconds TicksBetween(Ticks from, Ticks to) {
  return std::chrono::microseconds(static_cast<std::int32_t>(to - from));
}

struct OpenQuery {
  Token token = 0;
  Ticks since = 0;  // When it was sent; while `queued`, when it was asked.
  std::uint32_t server_mark = 0;    // EchoMark of the server and
  std::uint32_t question_mark = 0;  // of the question.
  std::uint32_t datagrams = 0;      // Arrived so far.
  std::uint16_t id = 0;
  std::uint16_t port : 6 = 0;         // Index of the local port.
  std::uint16_t icmp_error : 3 = 0;   // Outcome it stands for; 0: none.
  std::uint16_t icmp_errors : 4 = 0;  // Kept; at most kKeptIcmpErrors.
  std::uint16_t queued : 1 = 0;       // Not sent yet.
  std::uint16_t matched : 1 = 0;      // A kept datagram matches.
  std::uint16_t gone : 1 = 0;         // A gap in the ring.

  // What came of it when its window closes.
  Outcome Conclude() const {
    if (matched) return Outcome::kResponse;
    if (icmp_error != 0) return static_cast<Outcome>(icmp_error);
    return Outcome::kTimeout;
  }
  std::uint32_t uncounted() const {
    return datagrams > kKeptDatagrams ? datagrams - kKeptDatagrams : 0;
  }
};
static_assert(sizeof(OpenQuery) == 24);

}  // namespace taster::capture
