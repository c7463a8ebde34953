// SPDX-License-Identifier: Apache-2.0
// Days as text, wherever the collector reads or writes one.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace taster::reference {

// "2026-11-22"; nullopt for anything else, or a day that no month has.
std::optional<std::chrono::sys_days> ParseDay(std::string_view text);

// "2026-11-22".
std::string DayText(std::chrono::sys_days day);

}  // namespace taster::reference
