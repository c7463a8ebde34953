// SPDX-License-Identifier: Apache-2.0
// From observations to steps.
#include "collector/judge/hop_series.h"

#include <algorithm>
#include <map>

#include "proto/dns/constants.h"

namespace taster::judge {
namespace {

// Two bits: unknown, no, yes.
std::uint8_t Bits(const std::optional<bool>& fact) {
  return fact ? (*fact ? 2 : 1) : 0;
}

std::uint8_t LookOf(const Observation& seen) {
  return static_cast<std::uint8_t>(
      Bits(seen.dont_fragment) | Bits(seen.ip_id_zero) << 2 |
      Bits(seen.owner_is_pointer) << 4 | (seen.has_opt ? 1 << 6 : 0) |
      (seen.Has(dns::kFlagAa) ? 1 << 7 : 0));
}

}  // namespace

TraceTry ReadTry(const Asked& asked, std::uint8_t query_ip_ttl) {
  TraceTry read{.control_name = asked.role == QuestionRole::kTraceControlName,
                .query_ip_ttl = query_ip_ttl};
  for (const Observation& seen : asked.replies) {
    if (seen.fit != Fit::kMatches) continue;
    read.replies.push_back(
        {.ip_ttl = seen.ip_ttl, .has_opt = seen.has_opt, .look = LookOf(seen)});
  }
  return read;
}

std::optional<net::IpAddress> RouterAt(const std::vector<TraceTry>& series,
                                       std::uint8_t hop) {
  std::map<net::IpAddress, int> named;
  for (const TraceTry& one : series) {
    if (one.query_ip_ttl == hop && one.router) ++named[*one.router];
  }
  std::optional<net::IpAddress> most;
  int count = 0;
  for (const auto& [router, times] : named) {
    if (times == count) most.reset();
    if (times <= count) continue;
    most = router;
    count = times;
  }
  return most;
}

}  // namespace taster::judge
