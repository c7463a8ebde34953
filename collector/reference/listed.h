// SPDX-License-Identifier: Apache-2.0
// Answers that somebody else is known to give, and where public resolvers are.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "absl/status/status.h"
#include "collector/judge/mechanism.h"
#include "collector/judge/reference.h"
#include "collector/reference/rows.h"
#include "proto/net/ip_address.h"

namespace taster::reference {

// An address, decoded; or an alias's target in the form of Name::ToText.
using Answer = std::variant<net::IpAddress, std::string>;

// Of "192.0.2.1" or "cname:blocked.example."; nullopt for anything else.
std::optional<Answer> ParseAnswer(std::string_view text);

// One of those by which lists tell who answers; nullopt for any other.
std::optional<judge::Mechanism> ParseMechanism(std::string_view text);

// Two upper-case letters.
bool IsCountry(std::string_view text);

// Adds listed answers, public resolvers and injectors' countries. Errors:
// InvalidArgument for what cannot be read or contradicts itself: an injector
// that is not in `rows`, an answer that stands twice in a list, an injection
// without a country (it would prove forgery everywhere), a resolver twice,
// `since` not before `until`.
absl::Status AddListed(const SeedRows& rows, judge::Reference* reference);

}  // namespace taster::reference
