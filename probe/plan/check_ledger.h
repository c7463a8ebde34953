// SPDX-License-Identifier: Apache-2.0
// Which addresses were tried lately: a stranger's host is left alone between.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "probe/plan/pacer.h"
#include "proto/net/ip_address.h"

namespace taster::plan {

class CheckLedger {
 public:
  static constexpr std::size_t kMostAddresses = 100'000;

  // `rest`: how long an address is left alone; 0: not at all.
  explicit CheckLedger(std::chrono::seconds rest,
                       std::size_t most = kMostAddresses);

  // Whether `address` may be tried at `now`, which never goes backwards. If so,
  // notes it; the address that was tried longest ago is forgotten when there
  // are too many.
  bool Take(const net::IpAddress& address, Instant now);

  // Each address with the time at which it was tried, oldest first.
  const std::deque<std::pair<Instant, net::IpAddress>>& tried() const {
    return order_;
  }
  std::size_t size() const { return tried_.size(); }

 private:
  void Forget();

  const std::chrono::seconds rest_;
  const std::size_t most_;
  absl::flat_hash_map<net::IpAddress, Instant> tried_;
  std::deque<std::pair<Instant, net::IpAddress>> order_;  // Oldest first.
};

}  // namespace taster::plan
