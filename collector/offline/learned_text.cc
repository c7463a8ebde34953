// SPDX-License-Identifier: Apache-2.0
#include "collector/offline/learned_text.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "collector/learn/knowledge.h"

namespace taster::offline {
namespace {

using nlohmann::ordered_json;

std::string DayText(std::chrono::sys_days day) {
  const std::chrono::year_month_day date{day};
  const auto padded = [](int number, std::size_t width) {
    const std::string digits = std::to_string(number);
    return std::string(width - std::min(width, digits.size()), '0') + digits;
  };
  return padded(int{date.year()}, 4) + "-" +
         padded(static_cast<int>(unsigned{date.month()}), 2) + "-" +
         padded(static_cast<int>(unsigned{date.day()}), 2);
}

ordered_json MemberJson(const learn::PoolMember& member) {
  return {{"address", member.address.ToString()},
          {"origin_as", member.owner},
          {"first_day", DayText(member.first_day)},
          {"last_day", DayText(member.last_day)},
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
                     {"first_day", DayText(pool.first_day)},
                     {"last_day", DayText(pool.last_day)},
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
