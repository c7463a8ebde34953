// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/learn_text.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "collector/cli/clock.h"
#include "collector/reference/day.h"
#include "fmt/format.h"

namespace taster::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kShownVictims = 20;

std::string DaysText(const store::Span& days) {
  return reference::DayText(days.first) + " to " +
         reference::DayText(days.last);
}

std::string PlaceText(const judge::Network& network) {
  return fmt::format("{}/{}", network.country.empty() ? "-" : network.country,
                     network.asn);
}

void Write(const store::Span& days, Json* json) {
  (*json)["first_day"] = reference::DayText(days.first);
  (*json)["last_day"] = reference::DayText(days.last);
}

void Write(const judge::Network& network, Json* json) {
  (*json)["country"] = network.country.empty() ? Json() : Json(network.country);
  (*json)["asn"] = network.asn;
}

Json MembersJson(const store::LearnedRows& rows, const std::string& pool) {
  Json members = Json::array();
  for (const store::LearnedAddressRow& row : rows.addresses) {
    if (row.pool != pool) continue;
    Json member = {{"address", row.address.ToString()},
                   {"owner_as", row.owner},
                   {"registrable_domains", row.registrable},
                   {"names", row.names}};
    Write(row.days, &member);
    members.push_back(std::move(member));
  }
  return members;
}

Json VictimJson(const store::VictimRow& row) {
  Json victim = {{"address", row.address.ToString()},
                 {"owner_as", row.owner},
                 {"owner_name", row.owner_name},
                 {"country", row.country},
                 {"names", row.names},
                 {"sample_names", row.sample_names},
                 {"networks", row.networks}};
  Write(row.days, &victim);
  victim["served"] = row.served ? Json(*row.served) : Json();
  return victim;
}

}  // namespace

std::string LearnTable(const store::LearnedRows& rows) {
  if (rows.pools.empty() && rows.shared.empty() && rows.victims.empty()) {
    return "Nothing learned: no address is shared by unrelated names whose "
           "controls do not know it.\n";
  }
  std::map<std::string, std::size_t> members;
  for (const store::LearnedAddressRow& row : rows.addresses) {
    ++members[row.pool];
  }
  std::string text;
  for (const store::LearnedPoolRow& pool : rows.pools) {
    text += fmt::format("pool    {}  {} addresses, {} names, {}{}\n", pool.pool,
                        members[pool.pool], pool.names, DaysText(pool.days),
                        pool.is_revoked ? ", revoked" : "");
  }
  for (const store::SharedAddressRow& row : rows.shared) {
    text += fmt::format("shared  {} in {}  {} domains, {} of them forged, {}\n",
                        row.address.ToString(), PlaceText(row.network),
                        row.registrable, row.forged, DaysText(row.days));
  }
  std::vector<const store::VictimRow*> victims;
  for (const store::VictimRow& row : rows.victims) victims.push_back(&row);
  std::ranges::stable_sort(victims, std::ranges::greater{},
                           &store::VictimRow::names);
  for (std::size_t i = 0; i < victims.size() && i < kShownVictims; ++i) {
    const store::VictimRow& row = *victims[i];
    text += fmt::format("victim  {}  AS{} {}  {} names, {}\n",
                        row.address.ToString(), row.owner, row.owner_name,
                        row.names, DaysText(row.days));
  }
  if (victims.size() > kShownVictims) {
    text +=
        fmt::format("...and {} victims more\n", victims.size() - kShownVictims);
  }
  return text;
}

std::string LearnJson(const store::LearnedRows& rows) {
  Json pools = Json::array();
  for (const store::LearnedPoolRow& row : rows.pools) {
    Json pool = {{"pool", row.pool}};
    Write(row.network, &pool);
    pool["family"] = row.family == net::Family::kIpv6 ? 6 : 4;
    Write(row.days, &pool);
    pool["names"] = row.names;
    pool["learned_time"] = TimeToText(row.learned_time);
    pool["revoked"] = row.is_revoked;
    pool["addresses"] = MembersJson(rows, row.pool);
    pools.push_back(std::move(pool));
  }
  Json shared = Json::array();
  for (const store::SharedAddressRow& row : rows.shared) {
    Json one = {{"address", row.address.ToString()}};
    Write(row.network, &one);
    Write(row.days, &one);
    one["registrable_domains"] = row.registrable;
    one["forged_domains"] = row.forged;
    shared.push_back(std::move(one));
  }
  Json victims = Json::array();
  for (const store::VictimRow& row : rows.victims) {
    victims.push_back(VictimJson(row));
  }
  return Json{{"format", "taster-learned/1"},
              {"pools", std::move(pools)},
              {"shared", std::move(shared)},
              {"victims", std::move(victims)}}
             .dump(1) +
         "\n";
}

}  // namespace taster::cli
