// SPDX-License-Identifier: Apache-2.0
// Words for the codes that `explain` shows.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "collector/judge/case.h"
#include "collector/judge/rule.h"

namespace taster::explain {

std::string_view ToText(judge::Fit fit);
std::string_view ToText(judge::Outcome outcome);
std::string_view ToText(judge::ServerKind kind);
std::string_view ToText(judge::Transport transport);
std::string_view ToText(judge::Status status);
std::string_view ToText(judge::Strength strength);

// The question of `set` with this ordinal; nullptr when there is none.
const judge::Asked* FindAsked(const judge::Case& set, std::uint32_t ordinal);

// What every rule says of one reply, in the order of the ruleset.
std::vector<judge::Finding> ApplyAll(const judge::Subject& subject);

}  // namespace taster::explain
