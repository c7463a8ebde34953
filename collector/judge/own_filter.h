// SPDX-License-Identifier: Apache-2.0
// Whether a reply shows itself to be the refusal of a filter, or the page of a
// service, that its users or their operator chose. What only says that the
// answer is false adds nothing to that: it does not show a state's hand.
#pragma once

#include "collector/judge/case.h"

namespace taster::judge {

// By its address or alias, which is listed as a product's.
bool NamesFilter(const Subject& subject);

// By that, by its own words, by the null address, by a page that is shared by
// many names which nobody forges, or by one that stands for NXDOMAIN.
bool IsOwnFilters(const Subject& subject);

}  // namespace taster::judge
