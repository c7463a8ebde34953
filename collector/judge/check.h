// SPDX-License-Identifier: Apache-2.0
// What it means how an answered address served its client.
#pragma once

#include "collector/judge/case.h"
#include "collector/judge/failure.h"

namespace taster::judge {

// True iff it connects to an answered address instead of asking a server.
bool IsCheck(const Asked& asked);

// Of a check of the target's address. Says something only where a client in a
// free network was served at the same address and port: then the address is the
// name's own, and whatever is amiss happens on the way or is meant for this
// network. kInsufficient: nothing is known of it.
Failure ExplainCheck(const Case& set, const Asked& asked);

}  // namespace taster::judge
