// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>

namespace taster::cli {
namespace {

LogFormat g_format = LogFormat::kLogfmt;

// A JSON string; also a legal quoted logfmt value.
std::string Quoted(std::string_view value) {
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (c < ' ' || c > '~') {
      char escape[8];
      std::snprintf(escape, sizeof(escape), "\\u%04x",
                    static_cast<unsigned>(static_cast<unsigned char>(c)));
      quoted += escape;
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

bool NeedsQuotes(std::string_view value) {
  if (value.empty()) return true;
  for (const char c : value) {
    if (c <= ' ' || c > '~' || c == '"' || c == '=' || c == '\\') return true;
  }
  return false;
}

}  // namespace

void StartLog(LogFormat format) {
  g_format = format;
  auto logger = spdlog::stderr_logger_mt("collector");
  logger->set_pattern(
      format == LogFormat::kJson
          ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})"
          : "time=%Y-%m-%dT%H:%M:%S.%eZ level=%l %v",
      spdlog::pattern_time_type::utc);
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

LogLine::LogLine(std::string_view event) { Add("event", event); }

LogLine& LogLine::Add(std::string_view key, std::string_view value) {
  if (g_format == LogFormat::kJson) {
    if (!text_.empty()) text_ += ',';
    text_ += Quoted(key) + ":" + Quoted(value);
    return *this;
  }
  if (!text_.empty()) text_ += ' ';
  text_ += key;
  text_ += '=';
  text_ += NeedsQuotes(value) ? Quoted(value) : std::string(value);
  return *this;
}

LogLine& LogLine::Add(std::string_view key, std::int64_t value) {
  const std::string text = std::to_string(value);
  if (g_format != LogFormat::kJson) return Add(key, text);
  if (!text_.empty()) text_ += ',';
  text_ += Quoted(key) + ":" + text;
  return *this;
}

LogLine& LogLine::Add(std::string_view key, double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.3f", value);
  if (g_format != LogFormat::kJson) return Add(key, text);
  if (!text_.empty()) text_ += ',';
  text_ += Quoted(key) + ":" + text;
  return *this;
}

void LogLine::Info() const { spdlog::info("{}", text_); }
void LogLine::Warning() const { spdlog::warn("{}", text_); }

}  // namespace taster::cli
