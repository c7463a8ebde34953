// SPDX-License-Identifier: Apache-2.0
// Conservative: in doubt a router is not named.
#include "probe/plan/first_hops.h"

#include <algorithm>

#include "probe/plan/address_policy.h"

namespace taster::plan {
namespace {

constexpr int kNeverNamed = 2;
constexpr std::size_t kSiteBytes = 6;  // A /48 (RFC 6177).

bool SameSite(const net::IpAddress& one, const net::IpAddress& other) {
  return !one.is_v4() && !other.is_v4() &&
         std::ranges::equal(one.bytes().first(kSiteBytes),
                            other.bytes().first(kSiteBytes));
}

}  // namespace

FirstHops::FirstHops(bool lab, std::span<const net::IpAddress> own)
    : lab_(lab), own_(own.begin(), own.end()) {}

void FirstHops::Note(std::uint8_t ip_ttl, const net::IpAddress& router) {
  routers_[ip_ttl].insert(router);
}

bool FirstHops::IsOwn(const net::IpAddress& router) const {
  return std::ranges::any_of(own_, [&](const net::IpAddress& own) {
    return own == router || SameSite(own, router);
  });
}

int FirstHops::LastWithheld() const {
  for (const auto& [step, routers] : routers_) {
    if (std::ranges::any_of(routers, [&](const net::IpAddress& router) {
          return !IsReserved(router) && !IsOwn(router);
        })) {
      return std::max<int>(step, kNeverNamed);
    }
  }
  return 255;
}

bool FirstHops::MayName(std::uint8_t ip_ttl,
                        const net::IpAddress& router) const {
  if (lab_) return true;
  const int last = LastWithheld();
  if (ip_ttl <= last || IsReserved(router) || IsOwn(router)) return false;
  return std::ranges::none_of(routers_, [&](const auto& step) {
    return step.first <= last && step.second.contains(router);
  });
}

}  // namespace taster::plan
