// SPDX-License-Identifier: Apache-2.0
// What the interface says of itself, from the same tables that it works by.
#pragma once

#include <string>

#include "collector/serve/catalogue.h"

namespace taster::serve {

// {"views":[{"name","comment","key":[...],"columns":[{"name","type",
// "comment"}]}]}.
std::string ViewsJson(const Catalogue& catalogue);

// OpenAPI 3.1.
std::string OpenApiJson(const Catalogue& catalogue);

}  // namespace taster::serve
