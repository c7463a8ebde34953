// SPDX-License-Identifier: Apache-2.0
// The judge's enums by the names that taster.v1 gives their values.
#pragma once

#include <string>

#include "collector/exchange/json_place.h"
#include "collector/judge/case.h"

namespace taster::exchange {

// "SERVER_KIND_CANARY".
std::string ToText(judge::QuestionRole value);
std::string ToText(judge::ServerKind value);
std::string ToText(judge::Transport value);
std::string ToText(judge::Outcome value);

// The value of that name; absent leaves `to` as it is, and a name that is
// unknown or means "unspecified" is refused.
void ReadEnum(const Place& place, judge::QuestionRole* to);
void ReadEnum(const Place& place, judge::ServerKind* to);
void ReadEnum(const Place& place, judge::Transport* to);
void ReadEnum(const Place& place, judge::Outcome* to);

}  // namespace taster::exchange
