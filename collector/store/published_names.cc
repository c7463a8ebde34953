// SPDX-License-Identifier: Apache-2.0
#include "collector/store/published_names.h"

#include <pqxx/pqxx>
#include <vector>

#include "collector/reference/registrable_domain.h"
#include "collector/reference/unicode_name.h"
#include "collector/store/field_reader.h"
#include "collector/store/guarded.h"

namespace taster::store {
namespace {

constexpr char kNamelessDomains[] =
    "SELECT domain FROM taster.domain_total"
    " LEFT JOIN taster.domain_name USING (domain)"
    " WHERE domain_name.domain IS NULL LIMIT 100000";
constexpr char kOwnerlessAddresses[] =
    "SELECT host(address) FROM taster.forged_address_total AS t"
    " LEFT JOIN taster.address_owner AS o USING (address)"
    " WHERE o.snapshot IS DISTINCT FROM $1 LIMIT 100000";
constexpr char kNamelessNetworks[] =
    "SELECT asn FROM (SELECT asn FROM taster.network_total"
    " UNION SELECT asn FROM taster.address_owner"
    " UNION SELECT asn FROM taster.control_total"
    " UNION SELECT router_asn FROM taster.hop_day) AS used"
    " LEFT JOIN taster.network USING (asn)"
    " WHERE asn IS NOT NULL AND network.snapshot IS DISTINCT FROM $1";

// Another collector may have been faster.
constexpr char kNameDomains[] =
    "INSERT INTO taster.domain_name (domain, domain_unicode,"
    " registrable_domain)"
    " SELECT domain, domain_unicode, registrable_domain"
    " FROM unnest($1::text[], $2::text[], $3::text[])"
    " AS named (domain, domain_unicode, registrable_domain)"
    " ON CONFLICT (domain) DO NOTHING";
constexpr char kOwnAddresses[] =
    "INSERT INTO taster.address_owner (address, asn, country, snapshot)"
    " SELECT address::inet, nullif(asn, '0')::bigint, nullif(country, ''), $4"
    " FROM unnest($1::text[], $2::text[], $3::text[])"
    " AS owned (address, asn, country)"
    " ON CONFLICT (address) DO UPDATE SET asn = excluded.asn,"
    " country = excluded.country, snapshot = excluded.snapshot";
constexpr char kNameNetworks[] =
    "INSERT INTO taster.network (asn, name, snapshot)"
    " SELECT asn::bigint, name, $3 FROM unnest($1::text[], $2::text[])"
    " AS named (asn, name)"
    " ON CONFLICT (asn) DO UPDATE SET name = excluded.name,"
    " snapshot = excluded.snapshot";

using Texts = std::vector<std::string>;

std::int64_t NameDomains(pqxx::work* transaction) {
  Texts domains;
  Texts unicode;
  Texts registrable;
  for (const pqxx::row& row : transaction->exec(kNamelessDomains)) {
    const std::string domain = row[0].c_str();
    domains.push_back(domain);
    unicode.push_back(reference::ToUnicode(domain).text);
    registrable.push_back(
        reference::RegistrableDomainOf(domain == "." ? domain : domain + "."));
  }
  if (domains.empty()) return 0;
  transaction->exec_params(kNameDomains, TextArray(domains), TextArray(unicode),
                           TextArray(registrable));
  return static_cast<std::int64_t>(domains.size());
}

std::int64_t OwnAddresses(pqxx::work* transaction,
                          const reference::Networks& networks) {
  Texts addresses;
  Texts asns;
  Texts countries;
  for (const pqxx::row& row :
       transaction->exec_params(kOwnerlessAddresses, networks.snapshot)) {
    const net::IpAddress address = ReadAddress(row[0]);
    addresses.push_back(address.ToString());
    asns.push_back(
        std::to_string(networks.origin_as.Find(address).value_or(0)));
    countries.push_back(networks.CountryOf(address));
  }
  if (addresses.empty()) return 0;
  transaction->exec_params(kOwnAddresses, TextArray(addresses), TextArray(asns),
                           TextArray(countries), networks.snapshot);
  return static_cast<std::int64_t>(addresses.size());
}

std::int64_t NameNetworks(pqxx::work* transaction,
                          const reference::Networks& networks) {
  Texts asns;
  Texts names;
  for (const pqxx::row& row :
       transaction->exec_params(kNamelessNetworks, networks.snapshot)) {
    asns.push_back(row[0].c_str());
    names.emplace_back(networks.OwnerOf(row[0].as<std::uint32_t>()));
  }
  if (asns.empty()) return 0;
  transaction->exec_params(kNameNetworks, TextArray(asns), TextArray(names),
                           networks.snapshot);
  return static_cast<std::int64_t>(asns.size());
}

}  // namespace

absl::StatusOr<std::int64_t> NamePublished(
    const std::string& connection, const reference::Networks& networks) {
  return Guarded("name what is published",
                 [&]() -> absl::StatusOr<std::int64_t> {
                   pqxx::connection session(connection);
                   pqxx::work transaction(session);
                   std::int64_t named = NameDomains(&transaction);
                   named += OwnAddresses(&transaction, networks);
                   named += NameNetworks(&transaction, networks);
                   transaction.commit();
                   return named;
                 });
}

}  // namespace taster::store
