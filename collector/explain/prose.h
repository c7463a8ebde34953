// SPDX-License-Identifier: Apache-2.0
// Words and lines for people who read a verdict.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "collector/judge/mechanism.h"
#include "collector/judge/verdict.h"

namespace taster::explain {

// What a class means for the name that was asked for; one clause.
std::string_view MeaningOf(judge::Class verdict);

// How the name is poisoned; one clause. Empty: not known.
std::string_view MeaningOf(judge::Mechanism mechanism);

// "a", "a and b", "a, b and c".
std::string Listed(const std::vector<std::string>& items);

// "1 reply", "3 replies".
std::string Counted(std::size_t count, std::string_view one,
                    std::string_view several);

// `text` broken at blanks into lines of at most 78 columns; the first starts
// with `first`, the others with as many blanks. Ends with a line's end. A word
// that is longer than a line stays whole, so that addresses can be copied.
std::string Wrapped(std::string_view first, std::string_view text);

}  // namespace taster::explain
