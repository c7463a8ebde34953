// SPDX-License-Identifier: Apache-2.0
// The columns of views that pages show as they are: a page changes when it is
// told to, not when a view grows.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace taster::serve {

struct ViewColumns {
  std::string_view view;
  std::string_view columns;  // Separated by blanks.
};

// Lives as long as the program.
std::span<const ViewColumns> PageColumns();

// `sql` with each <view> replaced by that view's columns, as view.column.
std::string WithColumns(std::string_view sql);

}  // namespace taster::serve
