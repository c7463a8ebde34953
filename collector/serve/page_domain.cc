// SPDX-License-Identifier: Apache-2.0
// One name: where it is poisoned, since when, with which addresses.
#include "collector/serve/page_sections.h"

namespace taster::serve {
namespace {

constexpr std::string_view kCells = R"sql(
SELECT <cell> FROM pub.cell
WHERE domain = @1 AND day > $1::date - 90 AND day <= $1::date
ORDER BY day, scope, country, asn
)sql";

constexpr std::string_view kForged = R"sql(
SELECT address, owner_asn, owner_name, owner_country, injectors, first_day,
    last_day, replies
FROM pub.domain_forged_address
WHERE domain = @1
ORDER BY replies DESC, address
LIMIT 500
)sql";

constexpr std::string_view kTruth = R"sql(
SELECT kind, address, qtype, countries, first_day, last_day
FROM pub.domain_truth
WHERE domain = @1
ORDER BY qtype, kind, address
LIMIT 500
)sql";

constexpr std::string_view kTransport = R"sql(
SELECT transport, server, measurements, probes, consistent, insufficient,
    ambiguous, filtered, likely_poisoned, poisoned, down, blocked
FROM pub.domain_transport
WHERE domain = @1
ORDER BY transport, server
)sql";

constexpr std::string_view kRace = R"sql(
SELECT kind, upper_ms, replies
FROM pub.domain_race
WHERE domain = @1
ORDER BY kind, upper_ms
)sql";

constexpr std::string_view kHops = R"sql(
SELECT <domain_hop> FROM pub.domain_hop
WHERE domain = @1 AND day > $1::date - 30 AND day <= $1::date
ORDER BY day DESC, country, asn, injector_id, hop_low, hop_high, router_asn
LIMIT 500
)sql";

constexpr std::string_view kEvents = R"sql(
SELECT <event> FROM pub.event
WHERE domain = @1
ORDER BY day DESC, event_id DESC
LIMIT 100
)sql";

constexpr Section kSections[] = {
    {"domain", "SELECT <domain> FROM pub.domain WHERE domain = @1"},
    {"cells", kCells},
    {"forged", kForged},
    {"truth", kTruth},
    {"transport", kTransport},
    {"race", kRace},
    {"hops", kHops},
    {"events", kEvents},
};

}  // namespace

std::span<const Section> DomainSections() { return kSections; }

}  // namespace taster::serve
