// SPDX-License-Identifier: Apache-2.0
// What is poisoned, everywhere, in one look.
#include "collector/serve/page_sections.h"

namespace taster::serve {
namespace {

constexpr std::string_view kVerdictDay = R"sql(
SELECT <verdict_day> FROM pub.verdict_day
WHERE scope = 'world' AND day > $1::date - 90 AND day <= $1::date
ORDER BY day
)sql";

// Names by the number of networks that poisoned them in the last week; sought
// among those that most networks poisoned in the last month.
constexpr std::string_view kTop = R"sql(
WITH likely AS (
    SELECT domain, domain_unicode, first_poisoned_day, mechanisms, injectors
    FROM pub.domain
    WHERE last_poisoned_day > $1::date - 7
    ORDER BY poisoned_networks DESC, domain
    LIMIT 400
)
SELECT likely.domain, likely.domain_unicode, count(DISTINCT (country, asn))
        AS networks,
    count(DISTINCT (country, asn)) FILTER (WHERE verdict IN <poisoned>)
        AS poisoned_networks,
    likely.first_poisoned_day, likely.mechanisms, likely.injectors
FROM likely
JOIN pub.cell ON cell.domain = likely.domain
WHERE cell.scope = 'network'
AND cell.day > $1::date - 7 AND cell.day <= $1::date
GROUP BY likely.domain, likely.domain_unicode, likely.first_poisoned_day,
    likely.mechanisms, likely.injectors
HAVING count(*) FILTER (WHERE verdict IN <poisoned>) > 0
ORDER BY poisoned_networks DESC, likely.domain
LIMIT 20
)sql";

constexpr std::string_view kHeat = R"sql(
WITH likely AS (
    SELECT domain
    FROM pub.domain
    WHERE last_poisoned_day > $1::date - 7
    ORDER BY poisoned_networks DESC, domain
    LIMIT 400
), week AS (
    SELECT likely.domain,
        count(DISTINCT (country, asn)) AS poisoned_networks
    FROM likely
    JOIN pub.cell ON cell.domain = likely.domain
    WHERE cell.scope = 'network' AND cell.verdict IN <poisoned>
    AND cell.day > $1::date - 7 AND cell.day <= $1::date
    GROUP BY likely.domain
    ORDER BY poisoned_networks DESC, likely.domain
    LIMIT 40
)
SELECT cell.day, cell.domain, cell.domain_unicode, cell.verdict, cell.probes,
    cell.agreement, cell.witness, cell.sets, cell.consistent,
    cell.insufficient, cell.ambiguous, cell.filtered, cell.likely_poisoned,
    cell.poisoned, cell.down, cell.blocked
FROM week
JOIN pub.cell ON cell.domain = week.domain
WHERE cell.scope = 'world'
AND cell.day > $1::date - 60 AND cell.day <= $1::date
ORDER BY week.poisoned_networks DESC, cell.domain, cell.day
)sql";

constexpr std::string_view kEvents = R"sql(
SELECT <event> FROM pub.event
ORDER BY day DESC, event_id DESC
LIMIT 30
)sql";

constexpr std::string_view kPoolGrowth = R"sql(
SELECT <pool_growth> FROM pub.pool_growth
WHERE day > $1::date - 90 AND day <= $1::date
ORDER BY day, injector_id
)sql";

constexpr std::string_view kInjectorDay = R"sql(
SELECT day, injector_id, sum(replies)::bigint AS replies
FROM pub.injector_day
WHERE day > $1::date - 90 AND day <= $1::date
GROUP BY day, injector_id
ORDER BY day, injector_id
)sql";

constexpr std::string_view kNewRecovered = R"sql(
SELECT day, count(*) FILTER (WHERE kind = 'onset') AS onset,
    count(*) FILTER (WHERE kind = 'end') AS "end"
FROM pub.event
WHERE kind IN ('onset', 'end') AND day > $1::date - 60 AND day <= $1::date
GROUP BY day
ORDER BY day
)sql";

constexpr Section kSections[] = {
    {"release", "SELECT <release> FROM pub.release"},
    {"verdict_day", kVerdictDay},
    {"top", kTop},
    {"heat", kHeat},
    {"events", kEvents},
    {"pool_growth", kPoolGrowth},
    {"injector_day", kInjectorDay},
    {"countries", kCountriesSql},
    {"new_recovered", kNewRecovered},
};

}  // namespace

std::span<const Section> OverviewSections() { return kSections; }

}  // namespace taster::serve
