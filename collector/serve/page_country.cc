// SPDX-License-Identifier: Apache-2.0
// One country: what its networks poison, by whom, at which hop.
#include "collector/serve/page_sections.h"

namespace taster::serve {
namespace {

constexpr std::string_view kNetwork = R"sql(
SELECT <network> FROM pub.network
WHERE country = @1
ORDER BY asn
)sql";

constexpr std::string_view kVerdictDay = R"sql(
SELECT <verdict_day> FROM pub.verdict_day
WHERE scope = 'country' AND country = @1
AND day > $1::date - 90 AND day <= $1::date
ORDER BY day
)sql";

constexpr std::string_view kHeat = R"sql(
WITH worst AS (
    SELECT domain, count(*) AS days, max(probes) AS most
    FROM pub.cell
    WHERE scope = 'country' AND country = @1
    AND day > $1::date - 7 AND day <= $1::date AND verdict IN <poisoned>
    GROUP BY domain
    ORDER BY days DESC, most DESC, domain
    LIMIT 40
)
SELECT cell.day, cell.domain, cell.verdict, cell.probes, cell.agreement,
    cell.witness
FROM worst
JOIN pub.cell ON cell.domain = worst.domain
WHERE cell.scope = 'country' AND cell.country = @1
AND cell.day > $1::date - 60 AND cell.day <= $1::date
ORDER BY worst.days DESC, worst.most DESC, cell.domain, cell.day
)sql";

constexpr std::string_view kDomains = R"sql(
WITH latest AS (
    SELECT DISTINCT ON (domain) domain, verdict, mechanisms, injectors,
        agreement, probes, witness
    FROM pub.cell
    WHERE scope = 'country' AND country = @1
    AND day > $1::date - 7 AND day <= $1::date
    ORDER BY domain, day DESC
)
SELECT latest.domain, named.domain_unicode, latest.verdict, latest.mechanisms,
    latest.injectors, named.first_poisoned_day, latest.agreement,
    latest.probes, latest.witness
FROM latest
LEFT JOIN pub.domain AS named ON named.domain = latest.domain
ORDER BY latest.verdict IN <poisoned> DESC,
    latest.verdict IN ('blocked', 'filtered') DESC,
    latest.probes DESC, latest.domain
LIMIT 500
)sql";

constexpr std::string_view kInjectorDay = R"sql(
SELECT day, injector_id, sum(replies)::bigint AS replies,
    sum(sets)::bigint AS sets, max(domains) AS domains, max(probes) AS probes
FROM pub.injector_day
WHERE country = @1 AND day > $1::date - 90 AND day <= $1::date
GROUP BY day, injector_id
ORDER BY day, injector_id
)sql";

constexpr std::string_view kRace = R"sql(
SELECT kind, upper_ms, sum(replies)::bigint AS replies
FROM pub.race
WHERE country = @1
AND day > $1::date - 30 AND day <= $1::date
GROUP BY kind, upper_ms
ORDER BY kind, upper_ms
)sql";

constexpr std::string_view kTransport = R"sql(
SELECT transport, server, sum(measurements)::bigint AS measurements,
    max(probes) AS probes, sum(consistent)::bigint AS consistent,
    sum(insufficient)::bigint AS insufficient,
    sum(ambiguous)::bigint AS ambiguous, sum(filtered)::bigint AS filtered,
    sum(likely_poisoned)::bigint AS likely_poisoned,
    sum(poisoned)::bigint AS poisoned, sum(down)::bigint AS down,
    sum(blocked)::bigint AS blocked
FROM pub.transport_day
WHERE country = @1
AND day > $1::date - 30 AND day <= $1::date
GROUP BY transport, server
ORDER BY transport, server
)sql";

constexpr std::string_view kHops = R"sql(
SELECT <hop> FROM pub.hop
WHERE country = @1
AND day > $1::date - 30 AND day <= $1::date
ORDER BY day DESC, asn, injector_id, hop_low, router_asn
LIMIT 500
)sql";

constexpr std::string_view kCoverage = R"sql(
SELECT <coverage> FROM pub.coverage
WHERE country = @1 AND day > $1::date - 60 AND day <= $1::date
ORDER BY day, scope, asn
)sql";

constexpr std::string_view kEvents = R"sql(
SELECT <event> FROM pub.event
WHERE country = @1
ORDER BY day DESC, event_id DESC
LIMIT 100
)sql";

constexpr Section kSections[] = {
    {"network", kNetwork},
    {"verdict_day", kVerdictDay},
    {"heat", kHeat},
    {"domains", kDomains},
    {"injector_day", kInjectorDay},
    {"race", kRace},
    {"transport", kTransport},
    {"hops", kHops},
    {"coverage", kCoverage},
    {"events", kEvents},
};

}  // namespace

std::span<const Section> CountrySections() { return kSections; }

}  // namespace taster::serve
