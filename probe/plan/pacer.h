// SPDX-License-Identifier: Apache-2.0
// Says when the next query may leave: Poisson gaps under hard limits.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <random>
#include <vector>

#include "probe/plan/caps.h"
#include "probe/plan/expand.h"
#include "proto/net/ip_address.h"

namespace taster::plan {

using Instant = std::chrono::steady_clock::time_point;

// Gaps are exponential with mean 1/rate, so that queries look like chance and
// not like a clock. On top, whatever the draws: never more than 10 s worth of
// the cap in any 10 s, and one address is left alone for at least
// 1/rate_per_server after each query. Not thread-safe.
class Pacer {
 public:
  // REQUIRES: 0 < rate <= caps.rate.
  Pacer(double rate, const Caps& caps, Rng& rng);

  // Earliest time at which a query to `server` may leave.
  Instant NextDue(const net::IpAddress& server, Instant now);
  // It left at `now`, which is not before its due time.
  void Sent(const net::IpAddress& server, Instant now);

 private:
  std::chrono::nanoseconds Draw(double mean_seconds);

  double rate_;
  double rate_per_server_;
  Rng rng_;
  Instant next_ = Instant::min();
  // When each of the last 10 s worth of queries left; a ring.
  std::vector<Instant> window_;
  std::size_t oldest_ = 0;
  // When an address may be asked again. Those that may be are forgotten once
  // there are many: answers that are tried name any.
  std::map<net::IpAddress, Instant> server_next_;
};

}  // namespace taster::plan
