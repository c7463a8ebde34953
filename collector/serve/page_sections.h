// SPDX-License-Identifier: Apache-2.0
// Sections of each kind of page, one file a family.
#pragma once

#include <span>

#include "collector/serve/page.h"

namespace taster::serve {

// What the overview and the list of networks both show: country, domains,
// poisoned_domains, probes, networks, of the last 30 days.
inline constexpr std::string_view kCountriesSql = R"sql(
SELECT country.country, country.domains, country.poisoned_domains,
    country.probes, count(network.country) AS networks
FROM pub.country
LEFT JOIN pub.network ON network.country = country.country
GROUP BY country.country, country.domains, country.poisoned_domains,
    country.probes
ORDER BY country.country
)sql";

std::span<const Section> OverviewSections();
std::span<const Section> DomainSections();
std::span<const Section> NetworkSections();
std::span<const Section> CountrySections();
std::span<const Section> AddressSections();
std::span<const Section> InjectorSections();
std::span<const Section> EventSections();
std::span<const Section> EvidenceSections();
std::span<const Section> VictimsSections();
std::span<const Section> InjectorsSections();
std::span<const Section> NetworksSections();
std::span<const Section> ControlsSections();
std::span<const Section> CoverageSections();
std::span<const Section> EventsSections();
std::span<const Section> SearchSections();
std::span<const Section> LatestSections();
std::span<const Section> MethodSections();

}  // namespace taster::serve
