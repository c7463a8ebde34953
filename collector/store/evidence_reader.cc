// SPDX-License-Identifier: Apache-2.0
#include "collector/store/evidence_reader.h"

#include <map>
#include <set>
#include <utility>

#include "collector/reference/day.h"
#include "collector/store/evidence_query.h"
#include "collector/store/field_reader.h"
#include "collector/store/guarded.h"

namespace taster::store {
namespace {

constexpr char kNetworks[] =
    "SELECT vantage_id, rtrim(country), asn FROM taster.vantage"
    " WHERE vantage_id = ANY($1::bigint[])";

// $1 NULL: every name. The key of "before everything" is all zeros.
#define TASTER_SETS_WHERE(which)                                            \
  "SELECT vantage_id, batch_id, set_ordinal, qname FROM taster.set_verdict" \
  " WHERE " which                                                           \
  " AND ($1::text[] IS NULL OR qname = ANY($1::text[]))"                    \
  " AND (vantage_id, batch_id, set_ordinal)"                                \
  " > ($2::bigint, $3::uuid, $4::integer)"                                  \
  " ORDER BY vantage_id, batch_id, set_ordinal LIMIT $5"
constexpr char kOpenSets[] = TASTER_SETS_WHERE("is_open AND $6::date IS NULL");
constexpr char kAllSets[] =
    TASTER_SETS_WHERE("(is_open OR batch_day >= $6::date)");
#undef TASTER_SETS_WHERE

std::vector<OpenSet> QueryOpenSets(const OpenSetQuery& query,
                                   pqxx::transaction_base* transaction) {
  const SetKey after = query.after.value_or(SetKey{{0, {}}, 0});
  const std::string names = query.qnames ? TextArray(*query.qnames) : "";
  const std::string closed =
      query.closed_since ? reference::DayText(*query.closed_since) : "";
  const pqxx::result rows = transaction->exec_params(
      query.closed_since ? kAllSets : kOpenSets,
      query.qnames ? names.c_str() : nullptr, after.batch.vantage_id,
      UuidText(after.batch.batch_id), static_cast<int>(after.set),
      static_cast<std::int64_t>(query.limit),
      query.closed_since ? closed.c_str() : nullptr);
  std::vector<OpenSet> sets;
  for (const pqxx::row& row : rows) {
    sets.push_back({.key = {{row[0].as<std::int64_t>(), ReadBatchId(row[1])},
                            row[2].as<std::uint32_t>()},
                    .qname = row[3].c_str()});
  }
  return sets;
}

std::map<std::int64_t, judge::Network> QueryNetworks(
    const std::set<BatchKey>& batches, pqxx::transaction_base* transaction) {
  std::set<std::string> ids;
  for (const BatchKey& key : batches) {
    ids.insert(std::to_string(key.vantage_id));
  }
  std::map<std::int64_t, judge::Network> networks;
  for (const pqxx::row& row : transaction->exec_params(
           kNetworks, TextArray({ids.begin(), ids.end()}))) {
    networks.emplace(row[0].as<std::int64_t>(),
                     NetworkOf(row[1].c_str(), row[2].as<std::uint32_t>()));
  }
  return networks;
}

std::vector<StoredSet> QuerySets(const std::vector<OpenSet>& sets,
                                 pqxx::transaction_base* transaction) {
  std::set<BatchKey> batches;
  for (const OpenSet& set : sets) batches.insert(set.key.batch);
  std::map<SetKey, std::vector<MeasurementRow>> by_set;
  for (auto& [key, row] : QueryEvidence(batches, transaction)) {
    by_set[{key.first, row.set}].push_back(std::move(row));
  }
  const auto networks = QueryNetworks(batches, transaction);
  std::vector<StoredSet> stored;
  stored.reserve(sets.size());
  for (const OpenSet& set : sets) {
    stored.push_back({.key = set.key,
                      .qname = set.qname,
                      .network = {},
                      .measurements = std::move(by_set[set.key])});
    const auto at = networks.find(set.key.batch.vantage_id);
    if (at != networks.end()) stored.back().network = at->second;
  }
  return stored;
}

}  // namespace

judge::Network NetworkOf(std::string country, std::uint32_t asn) {
  if (country == "ZZ") country.clear();
  return {std::move(country), asn};
}

absl::StatusOr<std::vector<OpenSet>> FindOpenSets(const std::string& connection,
                                                  const OpenSetQuery& query) {
  return Guarded("find open sets",
                 [&]() -> absl::StatusOr<std::vector<OpenSet>> {
                   pqxx::connection session(connection);
                   Snapshot transaction(session);
                   return QueryOpenSets(query, &transaction);
                 });
}

absl::StatusOr<std::vector<StoredSet>> LoadSets(
    const std::string& connection, const std::vector<OpenSet>& sets) {
  return Guarded("load sets", [&]() -> absl::StatusOr<std::vector<StoredSet>> {
    pqxx::connection session(connection);
    Snapshot transaction(session);
    return QuerySets(sets, &transaction);
  });
}

absl::StatusOr<std::vector<StoredSet>> LoadOpenSets(
    const std::string& connection, const OpenSetQuery& query) {
  return Guarded(
      "load open sets", [&]() -> absl::StatusOr<std::vector<StoredSet>> {
        pqxx::connection session(connection);
        Snapshot transaction(session);
        return QuerySets(QueryOpenSets(query, &transaction), &transaction);
      });
}

}  // namespace taster::store
