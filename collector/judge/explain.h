// SPDX-License-Identifier: Apache-2.0
// How a forged reply came about: the mechanism that explains the whole set.
#pragma once

#include "collector/judge/case.h"
#include "collector/judge/verdict.h"

namespace taster::judge {

// True iff a rule that speaks for injection on the path carries the verdict on
// some reply to one of the target's questions. `verdicts` as `set.asked`.
bool ShowsInjection(const Case& set,
                    const std::vector<MeasurementVerdict>& verdicts);

// The mechanism behind one reply, which was classed `verdict.verdict` by
// `verdict.fired`. `injection_in_set` is what ShowsInjection said.
Mechanism Explain(const Subject& subject, const ReplyVerdict& verdict,
                  bool injection_in_set);

// Of two mechanisms the one that says something; of two that do, the lower
// number, so that no order matters; but interception before a lying resolver.
Mechanism Merge(Mechanism left, Mechanism right);

// True for the classes that name somebody who forged, be it the user's own
// filter: only those have a mechanism and an injector.
bool AccusesForger(Class verdict);

}  // namespace taster::judge
