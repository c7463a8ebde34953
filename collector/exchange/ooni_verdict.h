// SPDX-License-Identifier: Apache-2.0
// Our verdicts in OONI's words.
#pragma once

#include <string_view>

#include "collector/judge/verdict.h"

namespace taster::exchange {

// "dns.injection.blockpage", "dns.injection.bogon", "dns.injection.other",
// "dns.nxdomain", "dns.refused" or "dns.timeout"; empty where the verdict does
// not speak of interference. `verdict` is the one of `asked`.
std::string_view OoniOutcome(const judge::Asked& asked,
                             const judge::MeasurementVerdict& verdict);

}  // namespace taster::exchange
