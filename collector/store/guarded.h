// SPDX-License-Identifier: Apache-2.0
// Where libpqxx's exceptions end.
#pragma once

#include <string_view>
#include <utility>

#include "absl/status/status.h"

namespace taster::store {

// The status for the exception being handled, by the table of sql_state.h; a
// COMMIT whose outcome is not known is Unknown. Terminates when the exception
// is not one of libpqxx's or std::bad_alloc and the like: then the code is
// wrong. REQUIRES: called from a handler.
absl::Status FromCurrentException(std::string_view doing) noexcept;

// Runs `work`, which returns a Status or StatusOr, and turns what libpqxx
// throws into a status that begins with `doing`.
template <typename Work>
auto Guarded(std::string_view doing, Work&& work) -> decltype(work()) {
  try {
    return std::forward<Work>(work)();
  } catch (...) {
    return FromCurrentException(doing);
  }
}

}  // namespace taster::store
