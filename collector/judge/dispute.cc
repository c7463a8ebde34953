// SPDX-License-Identifier: Apache-2.0
#include "collector/judge/dispute.h"

#include <algorithm>

#include "collector/judge/reference.h"

namespace taster::judge {
namespace {

bool IsMajority(std::uint32_t seen, const Control& control) {
  return control.vantages > 1 && 2 * seen > control.vantages;
}

bool IsOfForgers(const Case& set, const net::IpAddress& address) {
  return set.reference->FindForged(address, set.date) != nullptr ||
         set.reference->FindLearned(address, set.network.country, set.date) !=
             nullptr;
}

// How many vantage points saw addresses of this one's owner; 0: nobody, or its
// owner is not known.
std::uint32_t OwnerSeenBy(const Case& set, const Control& control,
                          const net::IpAddress& address) {
  const auto origin = set.reference->origin_as.Find(address);
  if (!origin) return 0;
  const auto at = std::lower_bound(control.origin_as.begin(),
                                   control.origin_as.end(), *origin);
  if (at == control.origin_as.end() || *at != *origin) return 0;
  const auto index = static_cast<std::size_t>(at - control.origin_as.begin());
  return index < control.origin_vantages.size() ? control.origin_vantages[index]
                                                : 0;
}

}  // namespace

bool IsDisputed(const Case& set, const Control& control,
                const net::IpAddress& address) {
  return !control.origin_vantages.empty() && IsOfForgers(set, address) &&
         !IsMajority(OwnerSeenBy(set, control, address), control);
}

bool IsAbsenceDisputed(const Control& control, bool reply_is_nxdomain) {
  const std::uint32_t seen =
      reply_is_nxdomain ? control.nxdomain_vantages : control.nodata_vantages;
  return seen > 0 && !control.addresses.empty() && !IsMajority(seen, control);
}

}  // namespace taster::judge
