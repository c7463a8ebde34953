// SPDX-License-Identifier: Apache-2.0
// What a server says of its own refusal, in Extended DNS Errors (RFC 8914).
#pragma once

#include <cstdint>
#include <optional>

#include "collector/judge/observation.h"

namespace taster::judge {

// The code by which it declares a filter; nullopt if it does not. Blocked (15):
// the operator's own security policy; Filtered (17): the client asked for it.
// Neither is a state's hand.
std::optional<std::uint16_t> DeclaredFilter(const Observation& reply);

// The same of censorship. Censored (16): somebody other than the operator
// requires it.
std::optional<std::uint16_t> DeclaredCensorship(const Observation& reply);

}  // namespace taster::judge
