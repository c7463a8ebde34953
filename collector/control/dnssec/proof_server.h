// SPDX-License-Identifier: Apache-2.0
// The validator's side: what runs in a process of its own, with nothing around
// it that could be lost.
#pragma once

#include "collector/control/dnssec/trust_anchor.h"

namespace taster::control::dnssec {

// Takes from this process what a validator does not need: memory beyond 128
// MiB, 30 s of CPU, new files and processes, and privileges for good. Nothing
// is limited in memory where AddressSanitizer is.
void Confine();

// Answers requests from `in` on `out` until there is no more, or something
// that is none. Returns an exit code.
int ServeProofs(int in, int out, const TrustAnchors& anchors);

}  // namespace taster::control::dnssec
