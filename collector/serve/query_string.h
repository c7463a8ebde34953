// SPDX-License-Identifier: Apache-2.0
// From a request's target to a path and parameters (RFC 3986 section 3).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "collector/serve/problem.h"

namespace taster::serve {

struct Target {
  std::string path;  // Begins with "/".
  // In the order of the request; no name comes twice.
  std::vector<std::pair<std::string, std::string>> parameters;
};

inline constexpr std::size_t kLongestTarget = 8192;
inline constexpr std::size_t kMostParameters = 64;

// Percent-encoded octets are decoded, "+" in a value is a blank. 400 for what
// is not UTF-8 afterwards, a NUL, a half escape, a parameter that comes twice
// or more than kMostParameters of them; 404 for a path with "..", "//" or a
// control character; 414 for a target that is too long.
std::variant<Target, Problem> ReadTarget(std::string_view text);

// Octets that no path or query may hold as they are, percent-encoded.
std::string PercentEncoded(std::string_view text);

}  // namespace taster::serve
