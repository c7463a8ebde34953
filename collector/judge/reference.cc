// SPDX-License-Identifier: Apache-2.0
// Looks addresses up among the forged ones, known and learned.
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

const LearnedAddress* Reference::FindLearned(const net::IpAddress& address,
                                             std::string_view country,
                                             std::chrono::sys_days day) const {
  const auto found = learned.find(address);
  if (found == learned.end()) return nullptr;
  for (const LearnedAddress& member : found->second) {
    if (member.country == country && member.since <= day &&
        day < member.until) {
      return &member;
    }
  }
  return nullptr;
}

const SharedAddress* Reference::FindShared(const net::IpAddress& address,
                                           std::string_view country) const {
  const auto found = shared.find(address);
  if (found == shared.end()) return nullptr;
  for (const SharedAddress& member : found->second) {
    if (member.country == country) return &member;
  }
  return nullptr;
}

std::string CountryIn(const PrefixTable& countries,
                      const net::IpAddress& address) {
  const auto number = countries.Find(address);
  if (!number) return {};
  return {static_cast<char>(*number >> 8), static_cast<char>(*number & 0xff)};
}

}  // namespace taster::judge
