// SPDX-License-Identifier: Apache-2.0
#include "collector/store/reference_store.h"

#include <pqxx/pqxx>

#include "collector/store/field_reader.h"
#include "collector/store/guarded.h"

namespace taster::store {
namespace {

constexpr char kPools[] =
    "SELECT pool_id, family, ordered, since - date '1970-01-01',"
    " until - date '1970-01-01', source FROM taster.forged_pool"
    " ORDER BY pool_id";
constexpr char kAddresses[] =
    "SELECT pool_id, position, host(address) FROM taster.forged_address"
    " ORDER BY pool_id, position";
constexpr char kInjectors[] =
    "SELECT injector_id, name, rtrim(country), source FROM taster.injector"
    " ORDER BY injector_id";
constexpr char kFingerprints[] =
    "SELECT injector_id, since - date '1970-01-01',"
    " until - date '1970-01-01', aa, aa_iff_not_rd, rd_echoed, dont_fragment,"
    " ip_id_zero, owner_is_pointer, rr_ttl,"
    " CASE pools WHEN '' THEN '{}' ELSE string_to_array(pools, ';') END,"
    " source FROM taster.injector_fingerprint"
    " ORDER BY injector_id, since NULLS FIRST, rr_ttl, pools";
constexpr char kListed[] =
    "SELECT answer, list_id, mechanism, injector_id,"
    " CASE countries WHEN '' THEN '{}' ELSE string_to_array(countries, ';')"
    " END, since - date '1970-01-01', until - date '1970-01-01', source"
    " FROM taster.listed_answer ORDER BY list_id, answer";
constexpr char kResolvers[] =
    "SELECT host(address), operator, country, source"
    " FROM taster.public_resolver ORDER BY address";
constexpr char kControlAnswers[] =
    "SELECT qname, qtype, kind, host(address), vantage_id,"
    " (extract(epoch FROM last_time) * 1000000)::bigint, port, http_status,"
    " redirect_domain"
    " FROM taster.control_answer AS a WHERE NOT EXISTS ("
    "SELECT FROM taster.control_health AS h"
    " WHERE h.vantage_id = a.vantage_id"
    " AND h.state IN ('filtered', 'poisoned')"
    " AND (h.until_time IS NULL OR (a.first_time < h.until_time"
    " AND a.first_time >= coalesce(h.suspect_time, h.since_time))))";

reference::PoolRow ReadPool(const pqxx::row& row) {
  return {
      .pool_id = row[0].c_str(),
      .family = row[1].as<int>() == 6 ? net::Family::kIpv6 : net::Family::kIpv4,
      .ordered = row[2].as<bool>(),
      .days = {.since = ReadDay(row[3]), .until = ReadDay(row[4])},
      .source = row[5].c_str()};
}

reference::AddressRow ReadForgedAddress(const pqxx::row& row) {
  return {.pool_id = row[0].c_str(),
          .position = row[1].as<std::uint32_t>(),
          .address = ReadAddress(row[2])};
}

reference::InjectorRow ReadInjector(const pqxx::row& row) {
  return {.injector_id = row[0].c_str(),
          .name = row[1].c_str(),
          .country = row[2].c_str(),
          .source = row[3].c_str()};
}

reference::FingerprintRow ReadFingerprint(const pqxx::row& row) {
  return {.injector_id = row[0].c_str(),
          .days = {.since = ReadDay(row[1]), .until = ReadDay(row[2])},
          .aa = ReadOptional<bool>(row[3]),
          .aa_iff_not_rd = ReadOptional<bool>(row[4]),
          .rd_echoed = ReadOptional<bool>(row[5]),
          .dont_fragment = ReadOptional<bool>(row[6]),
          .ip_id_zero = ReadOptional<bool>(row[7]),
          .owner_is_pointer = ReadOptional<bool>(row[8]),
          .rr_ttl = ReadOptional<std::uint32_t>(row[9]),
          .pools = ReadTexts(row[10]),
          .source = row[11].c_str()};
}

reference::ListedRow ReadListed(const pqxx::row& row) {
  return {.answer = row[0].c_str(),
          .list_id = row[1].c_str(),
          .mechanism = row[2].c_str(),
          .injector_id = row[3].c_str(),
          .countries = ReadTexts(row[4]),
          .days = {.since = ReadDay(row[5]), .until = ReadDay(row[6])},
          .source = row[7].c_str()};
}

reference::ResolverRow ReadResolver(const pqxx::row& row) {
  return {.address = ReadAddress(row[0]),
          .operated_by = row[1].c_str(),
          .country = row[2].c_str(),
          .source = row[3].c_str()};
}

ControlRow ReadControl(const pqxx::row& row) {
  ControlRow control{.qname = row[0].c_str(),
                     .qtype = row[1].as<std::uint16_t>(),
                     .kind = static_cast<ControlRow::Kind>(row[2].as<int>()),
                     .address = std::nullopt,
                     .vantage_id = row[4].as<std::int64_t>(),
                     .seen_time = ReadTime(row[5]),
                     .port = row[6].as<std::uint16_t>(),
                     .http_status = ReadOptional<std::uint16_t>(row[7]),
                     .redirect_domain = row[8].c_str()};
  if (!row[3].is_null()) control.address = ReadAddress(row[3]);
  return control;
}

}  // namespace

absl::StatusOr<reference::SeedRows> LoadReference(
    const std::string& connection) {
  return Guarded(
      "load reference", [&]() -> absl::StatusOr<reference::SeedRows> {
        pqxx::connection session(connection);
        Snapshot transaction(session);
        reference::SeedRows stored;
        Load(transaction, kPools, ReadPool, &stored.pools);
        Load(transaction, kAddresses, ReadForgedAddress, &stored.addresses);
        Load(transaction, kInjectors, ReadInjector, &stored.injectors);
        Load(transaction, kFingerprints, ReadFingerprint, &stored.fingerprints);
        Load(transaction, kListed, ReadListed, &stored.listed);
        Load(transaction, kResolvers, ReadResolver, &stored.resolvers);
        return stored;
      });
}

absl::StatusOr<std::vector<ControlRow>> LoadControlAnswers(
    const std::string& connection) {
  return Guarded("load control answers",
                 [&]() -> absl::StatusOr<std::vector<ControlRow>> {
                   pqxx::connection session(connection);
                   Snapshot transaction(session);
                   std::vector<ControlRow> rows;
                   Load(transaction, kControlAnswers, ReadControl, &rows);
                   return rows;
                 });
}

}  // namespace taster::store
