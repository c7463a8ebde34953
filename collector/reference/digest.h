// SPDX-License-Identifier: Apache-2.0
// Names a snapshot of the reference by its content.
#pragma once

#include <string>
#include <vector>

#include "collector/reference/rows.h"

namespace taster::reference {

// "2024-09-06/1f0d5552": the latest day that the rows mention (1970-01-01 when
// they mention none), and a hash over what can change a verdict. Neither the
// order of rows nor their sources matter.
std::string VersionOf(const SeedRows& rows,
                      const std::vector<PrefixRow>& prefixes);

}  // namespace taster::reference
