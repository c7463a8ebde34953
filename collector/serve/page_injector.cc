// SPDX-License-Identifier: Apache-2.0
// One injector: how it is recognised, where it sits, what it forges.
#include "collector/serve/page_sections.h"

namespace taster::serve {
namespace {

constexpr std::string_view kFingerprints = R"sql(
SELECT <injector_fingerprint> FROM pub.injector_fingerprint
WHERE injector_id = @1
ORDER BY position
)sql";

constexpr std::string_view kDays = R"sql(
SELECT <injector_day> FROM pub.injector_day
WHERE injector_id = @1 AND day > $1::date - 90 AND day <= $1::date
ORDER BY day, country, asn
)sql";

constexpr std::string_view kPools = R"sql(
SELECT <pool> FROM pub.pool
WHERE pool.pool IN (
    SELECT unnest(forged.pools) FROM pub.forged_address AS forged
    WHERE forged.injectors @> ARRAY[@1])
ORDER BY pool.pool
)sql";

constexpr std::string_view kPoolGrowth = R"sql(
SELECT <pool_growth> FROM pub.pool_growth
WHERE injector_id = @1 AND day > $1::date - 90 AND day <= $1::date
ORDER BY day
)sql";

constexpr std::string_view kNetworks = R"sql(
SELECT injected.country, injected.asn, network.network_name,
    sum(injected.replies)::bigint AS replies,
    min(injected.day) AS first_day, max(injected.day) AS last_day
FROM pub.injector_day AS injected
LEFT JOIN pub.network ON network.country = injected.country
    AND network.asn = injected.asn
WHERE injected.injector_id = @1
GROUP BY injected.country, injected.asn, network.network_name
ORDER BY replies DESC, injected.country, injected.asn
LIMIT 500
)sql";

constexpr std::string_view kRace = R"sql(
SELECT kind, upper_ms, replies
FROM pub.injector_race
WHERE injector_id = @1
ORDER BY kind, upper_ms
)sql";

constexpr std::string_view kHops = R"sql(
SELECT <hop> FROM pub.hop
WHERE injector_id = @1 AND day > $1::date - 30 AND day <= $1::date
ORDER BY day DESC, country, asn, hop_low, router_asn
LIMIT 500
)sql";

constexpr std::string_view kDomains = R"sql(
WITH named AS (
    SELECT domain, domain_unicode, networks, first_day, last_day
    FROM pub.injector_domain
    WHERE injector_id = @1
    ORDER BY networks DESC, last_day DESC, domain
    LIMIT 200
)
SELECT named.domain, named.domain_unicode, (
        SELECT coalesce(sum(forged.replies), 0)::bigint
        FROM pub.domain_forged_address AS forged
        WHERE forged.domain = named.domain
        AND forged.injectors @> ARRAY[@1]) AS replies,
    named.first_day, named.last_day
FROM named
ORDER BY replies DESC, named.domain
)sql";

constexpr Section kSections[] = {
    {"injector", "SELECT <injector> FROM pub.injector WHERE injector_id = @1"},
    {"fingerprints", kFingerprints},
    {"days", kDays},
    {"pools", kPools},
    {"pool_growth", kPoolGrowth},
    {"networks", kNetworks},
    {"race", kRace},
    {"hops", kHops},
    {"domains", kDomains},
};

}  // namespace

std::span<const Section> InjectorSections() { return kSections; }

}  // namespace taster::serve
