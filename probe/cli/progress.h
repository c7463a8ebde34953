// SPDX-License-Identifier: Apache-2.0
// Tells a person how far a round is; on stderr, never on stdout.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace taster::cli {

enum class ProgressStyle {
  kQuiet,
  kPlain,  // A line now and then.
  kLive,   // One line that is drawn over.
};

// "auto", "plain", "quiet"; nullopt for anything else. "auto" is live on a
// terminal, unless TERM is "dumb" or NO_COLOR is set (then plain), else quiet.
std::optional<ProgressStyle> ProgressFromText(std::string_view text);

class Progress {
 public:
  explicit Progress(ProgressStyle style) : style_(style) {}

  // `asked` of `total` sets; `recorded` measurements. Shown at most as often
  // as the style bears.
  void Show(std::uint64_t asked, std::uint64_t total, std::uint64_t recorded);
  // The last state, always shown unless quiet.
  void End(std::uint64_t asked, std::uint64_t total, std::uint64_t recorded);

 private:
  void Print(std::uint64_t asked, std::uint64_t total,
             std::uint64_t recorded) const;

  ProgressStyle style_;
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace taster::cli
