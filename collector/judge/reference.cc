// SPDX-License-Identifier: Apache-2.0
// Looks an address up among the forged ones.
#include "collector/judge/reference.h"

namespace taster::judge {

const ForgedAddress* Reference::FindForged(const net::IpAddress& address,
                                           std::chrono::sys_days day) const {
  const auto found = forged.find(address);
  if (found == forged.end()) return nullptr;
  for (const ForgedAddress& member : found->second) {
    if (member.since <= day && day < member.until) return &member;
  }
  return nullptr;
}

}  // namespace taster::judge
