// SPDX-License-Identifier: Apache-2.0
// Lists of everything there is of one sort.
#include "collector/serve/page_sections.h"

namespace taster::serve {
namespace {

constexpr std::string_view kVictims = R"sql(
SELECT <victim> FROM pub.victim
ORDER BY replies DESC, address
LIMIT 1000
)sql";

constexpr std::string_view kInjectors = R"sql(
SELECT <injector> FROM pub.injector
ORDER BY injector_id
)sql";

constexpr std::string_view kFingerprints = R"sql(
SELECT <injector_fingerprint> FROM pub.injector_fingerprint
ORDER BY injector_id, position
)sql";

constexpr std::string_view kInjectorDay = R"sql(
SELECT <injector_day> FROM pub.injector_day
WHERE day > $1::date - 90 AND day <= $1::date
ORDER BY day, injector_id, country, asn
LIMIT 20000
)sql";

constexpr std::string_view kNetworks = R"sql(
SELECT <network> FROM pub.network
ORDER BY country, asn
)sql";

constexpr std::string_view kCountryCoverage = R"sql(
SELECT <coverage> FROM pub.coverage
WHERE scope = 'country' AND day > $1::date - 30 AND day <= $1::date
ORDER BY day, country
)sql";

constexpr std::string_view kControls = R"sql(
SELECT <control> FROM pub.control
ORDER BY control
)sql";

constexpr std::string_view kControlFailures = R"sql(
SELECT <event> FROM pub.event
WHERE kind = 'control_failure'
ORDER BY day DESC, event_id DESC
LIMIT 500
)sql";

constexpr std::string_view kNetworkCoverage = R"sql(
SELECT <coverage> FROM pub.coverage
WHERE scope = 'network' AND day > $1::date - 60 AND day <= $1::date
ORDER BY day, country, asn
LIMIT 20000
)sql";

constexpr std::string_view kSearch = R"sql(
SELECT domain, domain_unicode, last_verdict AS verdict, poisoned_networks
FROM pub.domain
WHERE CASE
    WHEN domain ~ '^[a-z0-9-]$' THEN domain || '_'
    WHEN domain ~ '^[a-z0-9-]{2}' THEN left(domain, 2)
    ELSE '__'
END = @1
ORDER BY domain
LIMIT 5000
)sql";

constexpr std::string_view kVocabulary = R"sql(
SELECT <vocabulary> FROM pub.vocabulary
WHERE kind IN ('class', 'mechanism')
ORDER BY kind, code
)sql";

constexpr Section kRelease = {"release", "SELECT <release> FROM pub.release"};

constexpr Section kVictimsSections[] = {{"victim", kVictims}};
constexpr Section kInjectorsSections[] = {{"injector", kInjectors},
                                          {"fingerprints", kFingerprints},
                                          {"injector_day", kInjectorDay}};
constexpr Section kNetworksSections[] = {{"network", kNetworks},
                                         {"coverage", kCountryCoverage},
                                         {"countries", kCountriesSql}};
constexpr Section kControlsSections[] = {{"control", kControls},
                                         {"events", kControlFailures}};
constexpr Section kCoverageSections[] = {{"coverage", kNetworkCoverage},
                                         kRelease};
constexpr Section kSearchSections[] = {{"domains", kSearch}};
constexpr Section kLatestSections[] = {kRelease};
constexpr Section kMethodSections[] = {{"rules", ""},
                                       {"vocabulary", kVocabulary},
                                       {"injectors", kInjectors},
                                       kRelease};

}  // namespace

std::span<const Section> VictimsSections() { return kVictimsSections; }
std::span<const Section> InjectorsSections() { return kInjectorsSections; }
std::span<const Section> NetworksSections() { return kNetworksSections; }
std::span<const Section> ControlsSections() { return kControlsSections; }
std::span<const Section> CoverageSections() { return kCoverageSections; }
std::span<const Section> SearchSections() { return kSearchSections; }
std::span<const Section> LatestSections() { return kLatestSections; }
std::span<const Section> MethodSections() { return kMethodSections; }

}  // namespace taster::serve
