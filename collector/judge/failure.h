// SPDX-License-Identifier: Apache-2.0
// What it means that a question drew no usable reply.
#pragma once

#include "collector/judge/case.h"
#include "collector/judge/mechanism.h"
#include "collector/judge/verdict.h"

namespace taster::judge {

struct Failure {
  Class verdict = Class::kInsufficient;
  Mechanism mechanism = Mechanism::kNone;
};

// REQUIRES: no reply of `asked` is usable.
Failure ExplainFailure(const Case& set, const Asked& asked);

// True iff the resolver had no answer for the target, which controls resolve:
// where the name of a name server is forged, that is why.
bool MayFailByDelegation(const Asked& asked);

// True iff the question failed over TLS or HTTPS and so did the control name
// there: then the failure is the server's, whatever name is asked for.
bool FailsForEveryName(const Case& set, const Asked& asked);

}  // namespace taster::judge
