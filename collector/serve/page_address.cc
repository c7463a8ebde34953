// SPDX-License-Identifier: Apache-2.0
// One forged address: whose it is, and who is sent there.
#include "collector/serve/page_sections.h"

namespace taster::serve {
namespace {

constexpr std::string_view kDomains = R"sql(
SELECT domain, first_day, last_day, replies
FROM pub.domain_forged_address
WHERE address = @1::inet
ORDER BY replies DESC, domain
LIMIT 500
)sql";

constexpr std::string_view kDays = R"sql(
SELECT <forged_address_day> FROM pub.forged_address_day
WHERE address = @1::inet AND day > $1::date - 90 AND day <= $1::date
ORDER BY day, country, asn
)sql";

constexpr std::string_view kPools = R"sql(
SELECT <pool> FROM pub.pool_address AS place
JOIN pub.pool ON pool.pool = place.pool
WHERE place.address = @1::inet
ORDER BY pool.pool
)sql";

constexpr std::string_view kEvents = R"sql(
SELECT <event> FROM pub.event
WHERE address = @1::inet
ORDER BY day DESC, event_id DESC
LIMIT 100
)sql";

constexpr Section kSections[] = {
    {"forged_address",
     "SELECT <forged_address> FROM pub.forged_address WHERE address = "
     "@1::inet"},
    {"victim", "SELECT <victim> FROM pub.victim WHERE address = @1::inet"},
    {"days", kDays},
    {"domains", kDomains},
    {"pools", kPools},
    {"events", kEvents},
};

}  // namespace

std::span<const Section> AddressSections() { return kSections; }

}  // namespace taster::serve
