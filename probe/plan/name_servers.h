// SPDX-License-Identifier: Apache-2.0
// Targets whose name servers' names are asked for as well: where such a name is
// forged, resolvers cannot find the target although nobody forges that.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "proto/dns/name.h"

namespace taster::plan {

// Of one target; more would say no more.
inline constexpr std::size_t kMaxNameServers = 4;

// A target and the names of its name servers.
using NameServersOf = std::pair<dns::Name, std::vector<dns::Name>>;

// "example.com: ns1.example.net ns2.example.net". nullopt: anything else, a
// name that must not be asked for, or more than kMaxNameServers.
std::optional<NameServersOf> ParseNameServers(std::string_view text);

}  // namespace taster::plan
