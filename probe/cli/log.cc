// SPDX-License-Identifier: Apache-2.0
// logfmt through spdlog.
#include "probe/cli/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "probe/cli/terminal_text.h"

namespace taster::cli {

void StartLog(bool quiet) {
  auto logger = std::make_shared<spdlog::logger>(
      "taster-probe", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  spdlog::set_default_logger(std::move(logger));
  spdlog::set_pattern("time=%Y-%m-%dT%H:%M:%S.%eZ level=%l %v",
                      spdlog::pattern_time_type::utc);
  spdlog::set_level(quiet ? spdlog::level::warn : spdlog::level::info);
}

LogLine::LogLine(std::string_view event)
    : text_("event=" + std::string(event)) {}

LogLine& LogLine::Add(std::string_view key, std::uint64_t value) {
  text_ += " " + std::string(key) + "=" + std::to_string(value);
  return *this;
}

LogLine& LogLine::Add(std::string_view key, std::string_view value) {
  text_ += " " + std::string(key) + "=" + JsonText(value);
  return *this;
}

void LogLine::Info() const { spdlog::info("{}", text_); }

void LogLine::Warning() const { spdlog::warn("{}", text_); }

}  // namespace taster::cli
