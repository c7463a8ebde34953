// SPDX-License-Identifier: Apache-2.0
// Controls that may themselves be lied to, or filtered: what only they say does
// not clear anybody. It accuses nobody either.
#pragma once

#include "collector/judge/case.h"

namespace taster::judge {

// An address that forgers hand out, whose owner no majority of two or more
// control vantage points saw for the name. False where `control` does not know
// who saw what.
bool IsDisputed(const Case& set, const Control& control,
                const net::IpAddress& address);

// The absence that `reply_is_nxdomain` says (else NODATA), where addresses were
// seen and no majority of the vantage points saw it too.
bool IsAbsenceDisputed(const Control& control, bool reply_is_nxdomain);

}  // namespace taster::judge
