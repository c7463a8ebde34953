// SPDX-License-Identifier: Apache-2.0
// Single values of filters, checked by their type before they go anywhere.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "collector/serve/catalogue.h"

namespace taster::serve {

// The value as PostgreSQL reads it; nullopt when the column's type does not
// take it. A name of a domain is brought to A-labels in lower case without the
// last dot.
std::optional<std::string> ReadValue(const Column& column,
                                     std::string_view text);

// What is asked for, in words: "a day such as 2026-11-22".
std::string_view WantedValue(const Column& column);

// "2026-11-22", or with a time after it: "T12:00:00Z". `is_end`: a day alone
// stands for its last microsecond.
struct Moment {
  std::chrono::sys_days day;
  std::string text;
};
std::optional<Moment> ReadMoment(std::string_view text, bool is_end);

// The name in A-labels, lower case, without the last dot, as pub has names.
std::string CanonicalDomain(std::string_view text);

}  // namespace taster::serve
