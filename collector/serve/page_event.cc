// SPDX-License-Identifier: Apache-2.0
// One event, with what was measured around it; and events of late.
#include "collector/serve/page_sections.h"

namespace taster::serve {
namespace {

// Two weeks on each side: of the name, in the event's network, its country and
// the world.
constexpr std::string_view kCells = R"sql(
SELECT <cell> FROM pub.event
JOIN pub.cell ON cell.domain = event.domain
    AND cell.day BETWEEN event.day - 14 AND event.day + 14
WHERE event.event_id = @1
AND (cell.scope = 'world'
    OR cell.scope = 'country' AND cell.country = event.country
    OR cell.scope = 'network' AND cell.country = event.country
    AND (event.asn IS NULL OR cell.asn = event.asn))
ORDER BY cell.day, cell.scope, cell.country, cell.asn
LIMIT 1000
)sql";

constexpr std::string_view kEvents = R"sql(
SELECT <event> FROM pub.event
ORDER BY day DESC, event_id DESC
LIMIT 500
)sql";

constexpr Section kEventSections[] = {
    {"event", "SELECT <event> FROM pub.event WHERE event_id = @1"},
    {"cells", kCells},
};

constexpr Section kEventsSections[] = {{"event", kEvents}};

}  // namespace

std::span<const Section> EventSections() { return kEventSections; }
std::span<const Section> EventsSections() { return kEventsSections; }

}  // namespace taster::serve
