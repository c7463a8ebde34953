// SPDX-License-Identifier: Apache-2.0
// As Progress; a list of unknown length has no end to tell of.
#include "probe/cli/sweep_progress.h"

#include <fmt/format.h>

#include <cstdio>

namespace taster::cli {
namespace {

using std::chrono::milliseconds;

std::string Clocked(double seconds) {
  const auto all = static_cast<std::uint64_t>(seconds);
  return fmt::format("{}:{:02}:{:02}", all / 3600, all / 60 % 60, all % 60);
}

void Print(ProgressStyle style, const std::string& text) {
  const bool live = style == ProgressStyle::kLive;
  std::fprintf(stderr, "%s%s%s", live ? "\r\x1b[K" : "", text.c_str(),
               live ? "" : "\n");
}

std::string CountsText(const SweepCounts& counts) {
  return fmt::format("asked {} names, {} answered, {} malformed", counts.asked,
                     counts.answered, counts.all_malformed());
}

}  // namespace

void SweepProgress::Show(const SweepCounts& counts, std::uint64_t read,
                         std::uint64_t total) {
  if (style_ == ProgressStyle::kQuiet) return;
  const auto now = Clock::now();
  if (begun_ == Clock::time_point()) {
    begun_ = now;
    read_before_ = read;
    asked_before_ = counts.asked;
  }
  if (now < next_) return;
  next_ = now + (style_ == ProgressStyle::kLive ? milliseconds(200)
                                                : milliseconds(5000));
  std::string text = CountsText(counts);
  const double seconds = std::chrono::duration<double>(now - begun_).count();
  if (seconds > 0) {
    text += fmt::format(
        ", {:.0f}/s",
        static_cast<double>(counts.asked - asked_before_) / seconds);
  }
  if (total > 0 && read > read_before_ && read <= total) {
    const double share = static_cast<double>(read) / static_cast<double>(total);
    const double left = seconds * static_cast<double>(total - read) /
                        static_cast<double>(read - read_before_);
    text += fmt::format(", {:.1f} %, {} left", 100 * share, Clocked(left));
  }
  Print(style_, text);
}

void SweepProgress::End(const SweepCounts& counts) {
  if (style_ == ProgressStyle::kQuiet) return;
  Print(style_, CountsText(counts));
  if (style_ == ProgressStyle::kLive) std::fputc('\n', stderr);
}

}  // namespace taster::cli
