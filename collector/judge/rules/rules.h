// SPDX-License-Identifier: Apache-2.0
// Every rule there is; ruleset.cc says which of them judge.
#pragma once

#include "collector/judge/rule.h"

namespace taster::judge {

extern const Rule kBogonAnswer;
extern const Rule kCanaryReply;
extern const Rule kConflictingReplies;
extern const Rule kControlAgrees;
extern const Rule kForgedPoolAddress;
extern const Rule kTeredoAnswer;
extern const Rule kTeredoRangeAnswer;

}  // namespace taster::judge
