// SPDX-License-Identifier: Apache-2.0
// What the other questions of a set tell about one of them: whether a canary
// was silent, whether port 53 is redirected, whether tries failed.
#pragma once

#include "collector/judge/case.h"

namespace taster::judge {

// True iff the query went out, the window was kept open, and nothing that
// matches came. A query that could not be sent, was cancelled or ran out of
// TTL on the way tells nothing and is not silent.
bool WasSilent(const Asked& asked);

// What the set's control name drew at the server, and over the transport, of
// `asked`.
enum class ControlNameFate : std::uint8_t {
  kNotAsked,  // Nobody asked for it there, or not so that it could tell.
  kSilent,    // Asked, and it drew nothing.
  kAnswered,  // Asked, and something answered at least once.
};
ControlNameFate ControlNameAt(const Case& set, const Asked& asked);

// True iff `asked` failed, was tried at least three times in the same way in
// this set with no success, and each control name asked at the same server
// was answered.
bool FailedBetweenControls(const Case& set, const Asked& asked);

// True iff `asked` failed and was tried at least three times in the same way in
// this set with no success.
bool FailedEveryTry(const Case& set, const Asked& asked);

// True iff the set asked a canary for the name of `asked` over UDP and no
// canary answered it.
bool CanariesStayedSilent(const Case& set, const Asked& asked);

}  // namespace taster::judge
