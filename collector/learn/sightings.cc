// SPDX-License-Identifier: Apache-2.0
#include "collector/learn/sightings.h"

#include <algorithm>

namespace taster::learn {

void Sightings::Add(const judge::Asked& asked, std::chrono::sys_days day) {
  if (asked.role != judge::QuestionRole::kTarget) return;
  const std::string qname = asked.qname.ToText();
  for (const judge::Observation& reply : asked.replies) {
    if (reply.fit != judge::Fit::kMatches) continue;
    for (const judge::AnsweredAddress& answer : reply.addresses) {
      Add(qname, answer.address.Unmapped(), day);
    }
  }
}

void Sightings::Add(const std::string& qname, const net::IpAddress& address,
                    std::chrono::sys_days day) {
  const auto [name, new_name] =
      name_index_.try_emplace(qname, static_cast<std::uint32_t>(names_.size()));
  if (new_name) names_.push_back(qname);
  const auto [place, new_address] = address_index_.try_emplace(
      address, static_cast<std::uint32_t>(addresses_.size()));
  if (new_address) addresses_.push_back(address);

  const std::uint64_t key =
      std::uint64_t{name->second} << 32 | std::uint64_t{place->second};
  const auto [pair, new_pair] =
      pair_index_.try_emplace(key, static_cast<std::uint32_t>(all_.size()));
  if (new_pair) {
    all_.push_back({name->second, place->second, day, day});
    return;
  }
  Sighting& sighting = all_[pair->second];
  sighting.first_day = std::min(sighting.first_day, day);
  sighting.last_day = std::max(sighting.last_day, day);
}

}  // namespace taster::learn
