// SPDX-License-Identifier: Apache-2.0
// From rows to the reference that the judge reads.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "collector/judge/reference.h"
#include "collector/reference/networks.h"
#include "collector/reference/rows.h"

namespace taster::reference {

// The version names the latest day in the rows and a hash over everything that
// can change a verdict, so equal content has an equal version wherever it came
// from. Errors: InvalidArgument when rows contradict each other: a pool or
// injector that is not listed, an address of another family than its pool, a
// pool or a position given twice, `since` not before `until`, and what
// AddListed (listed.h) refuses.
absl::StatusOr<judge::Reference> BuildReference(
    const SeedRows& rows, std::vector<PrefixRow> prefixes);

// Makes `networks` say who announces an address, and names their content in
// the version; of tables that are empty, nothing changes.
void AddNetworks(const Networks& networks, judge::Reference* reference);

}  // namespace taster::reference
