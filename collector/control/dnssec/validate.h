// SPDX-License-Identifier: Apache-2.0
// Whether a chain proves its answer.
#pragma once

#include "collector/control/dnssec/chain.h"
#include "collector/control/dnssec/proof.h"
#include "collector/control/dnssec/trust_anchor.h"

namespace taster::control::dnssec {

// Aliases that are followed within one answer.
inline constexpr int kMaxAliases = 8;

// Validates the first link by the others, as of `time`: that of the
// measurement. Bounded work, whatever the chain; the same chain, time and
// anchors give the same proof.
Proof Validate(const Chain& chain, Seconds time, const TrustAnchors& anchors);

}  // namespace taster::control::dnssec
