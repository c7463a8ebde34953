// SPDX-License-Identifier: Apache-2.0
// Words of protocols, in whatever letters they come (ASCII).
#pragma once

#include <algorithm>
#include <string_view>

#include "absl/strings/ascii.h"

namespace taster::capture {

inline bool EqualsAnyCase(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, absl::ascii_tolower,
                            absl::ascii_tolower);
}

inline bool StartsWithAnyCase(std::string_view text, std::string_view word) {
  return EqualsAnyCase(text.substr(0, word.size()), word);
}

}  // namespace taster::capture
