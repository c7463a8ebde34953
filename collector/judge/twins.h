// SPDX-License-Identifier: Apache-2.0
// The same question, put to the same server in another way.
#pragma once

#include "collector/judge/case.h"

namespace taster::judge {

// True iff both asked one server, by its address, for one name, type and
// class; over whatever transport and port, and with whatever flags. False
// where a server's address is not known, and for a question and itself.
bool AreTwins(const Asked& left, const Asked& right);

// True iff both went to one endpoint over one transport.
bool WentTheSameWay(const Asked& left, const Asked& right);

}  // namespace taster::judge
