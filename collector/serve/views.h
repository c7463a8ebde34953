// SPDX-License-Identifier: Apache-2.0
// The views that the interface offers, and what makes a row of each unique.
#pragma once

#include <span>
#include <string_view>

namespace taster::serve {

struct ViewKey {
  std::string_view view;
  // Column names, separated by commas, in the order of paging. "?" after a
  // name: the column may be NULL. Empty: the view is one row.
  std::string_view columns;
};

// Lives as long as the program.
std::span<const ViewKey> ViewKeys();

}  // namespace taster::serve
