// SPDX-License-Identifier: Apache-2.0
// Which names a round asks for beside those that were listed.
#pragma once

#include <vector>

#include "probe/plan/plan_options.h"

namespace taster::plan {

// `names`, each once, and behind them: where the plan wants it, the www. twin
// of each that is not one; and the names of the resolvers that are asked over
// TLS, so that a censor who keeps people from them is seen by their names.
std::vector<dns::Name> WithCompanions(const PlanOptions& options,
                                      std::vector<dns::Name> names);

}  // namespace taster::plan
