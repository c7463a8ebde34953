// SPDX-License-Identifier: Apache-2.0
// Days and times as people write them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace taster::cli {

// "2026-11-22"; nullopt for anything else, or a day that no month has.
std::optional<std::chrono::sys_days> ParseDay(std::string_view text);

// "2026-11-22".
std::string DayToText(std::chrono::sys_days day);

// "2026-11-22T12:34:56.123456Z".
std::string TimeToText(std::chrono::sys_time<std::chrono::microseconds> time);

}  // namespace taster::cli
