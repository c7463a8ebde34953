// SPDX-License-Identifier: Apache-2.0
#include "collector/offline/learned_text.h"

#include <nlohmann/json.hpp>

#include "collector/learn/knowledge.h"
#include "collector/reference/day.h"

namespace taster::offline {
namespace {

using nlohmann::ordered_json;

ordered_json MemberJson(const learn::PoolMember& member) {
  return {{"address", member.address.ToString()},
          {"origin_as", member.owner},
          {"first_day", reference::DayText(member.first_day)},
          {"last_day", reference::DayText(member.last_day)},
          {"names", member.names}};
}

ordered_json NetworkJson(const LearnedIn& found) {
  ordered_json pools = ordered_json::array();
  for (std::size_t i = 0; i < found.learned.pools.size(); ++i) {
    const learn::Pool& pool = found.learned.pools[i];
    ordered_json members = ordered_json::array();
    for (const auto& member : pool.members) {
      members.push_back(MemberJson(member));
    }
    pools.push_back({{"pool", learn::PoolId(found.network, found.learned, i)},
                     {"first_day", reference::DayText(pool.first_day)},
                     {"last_day", reference::DayText(pool.last_day)},
                     {"names", pool.names},
                     {"addresses", std::move(members)}});
  }
  ordered_json shared = ordered_json::array();
  for (const learn::Shared& one : found.learned.shared) {
    ordered_json entry = MemberJson(one.member);
    entry["registrable_domains"] = one.registrable;
    entry["of_them_forged"] = one.forged;
    shared.push_back(std::move(entry));
  }
  return {{"country", found.network.country},
          {"asn", found.network.asn},
          {"pools", std::move(pools)},
          {"shared_addresses", std::move(shared)}};
}

}  // namespace

std::string LearnedText(const std::vector<LearnedIn>& learned) {
  ordered_json networks = ordered_json::array();
  for (const LearnedIn& found : learned) {
    networks.push_back(NetworkJson(found));
  }
  return ordered_json{{"networks", std::move(networks)}}.dump(1) + "\n";
}

}  // namespace taster::offline
