// SPDX-License-Identifier: Apache-2.0
// What the collector tells its operator while it runs: one line an event.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace taster::cli {

enum class LogFormat { kLogfmt, kJson };

// Lines go to stderr: "time=... level=info event=serving port=8443".
void StartLog(LogFormat format);

// A key and its value, quoted where the format needs it.
class LogLine {
 public:
  explicit LogLine(std::string_view event);
  LogLine& Add(std::string_view key, std::string_view value);
  LogLine& Add(std::string_view key, std::int64_t value);
  LogLine& Add(std::string_view key, double value);

  void Info() const;
  void Warning() const;

 private:
  std::string text_;
};

}  // namespace taster::cli
