// SPDX-License-Identifier: Apache-2.0
// The answer list of OONI's df-002-dnst.
#pragma once

#include "collector/exchange/json_place.h"
#include "collector/judge/observation.h"
#include "proto/dns/name.h"

namespace taster::exchange {

// What OONI puts in the place of text that could tell who measured.
constexpr std::string_view kScrubbed = "[scrubbed]";

// Adds the answers to `reply`: addresses, aliases, TTLs and counts. A masked
// or missing address counts as a record of another type. An alias that is
// `canonical` is no answer: getaddrinfo tells every name its own name. nullptr:
// every alias is one.
void ReadAnswers(const Place& answers, const dns::Name* canonical,
                 judge::Observation* reply);

// The same list for `reply`; null when it holds neither address nor alias.
// A TTL that is not known is null.
nlohmann::ordered_json WriteAnswers(const judge::Observation& reply);

}  // namespace taster::exchange
