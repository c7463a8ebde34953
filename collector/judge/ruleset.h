// SPDX-License-Identifier: Apache-2.0
// The rules that judge, as one explicit list: a static library drops objects
// that nobody names, so nothing registers itself.
#pragma once

#include <span>
#include <string>

#include "collector/judge/rule.h"

namespace taster::judge {

// All rules, ordered by id. The order carries no meaning. Lives as long as
// the program.
std::span<const Rule* const> Ruleset();

// "2026.11.2-1f0d5552": the month in which the judging itself last changed and
// which change of it that was, and a hash over each rule's id, strength, kind,
// mechanism and effective dates, whatever their order.
std::string VersionOf(std::span<const Rule* const> rules);

}  // namespace taster::judge
