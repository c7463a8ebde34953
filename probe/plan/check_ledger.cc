// SPDX-License-Identifier: Apache-2.0
// A queue and an index of it.
#include "probe/plan/check_ledger.h"

namespace taster::plan {

CheckLedger::CheckLedger(std::chrono::seconds rest, std::size_t most)
    : rest_(rest), most_(most) {}

void CheckLedger::Forget() {
  tried_.erase(order_.front().second);
  order_.pop_front();
}

bool CheckLedger::Take(const net::IpAddress& address, Instant now) {
  if (rest_ <= rest_.zero()) return true;
  while (!order_.empty() && now - order_.front().first >= rest_) Forget();
  if (!tried_.emplace(address, now).second) return false;
  order_.emplace_back(now, address);
  if (order_.size() > most_) Forget();
  return true;
}

}  // namespace taster::plan
