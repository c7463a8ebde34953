// SPDX-License-Identifier: Apache-2.0
// Draws over its own line on a terminal; writes lines elsewhere.
#include "probe/cli/progress.h"

#include <unistd.h>

#include <cinttypes>
#include <cstdio>
#include <cstdlib>

namespace taster::cli {
namespace {

ProgressStyle Auto() {
  if (::isatty(STDERR_FILENO) == 0) return ProgressStyle::kQuiet;
  const char* term = std::getenv("TERM");
  const bool dumb = !term || std::string_view(term) == "dumb";
  if (dumb || std::getenv("NO_COLOR")) return ProgressStyle::kPlain;
  return ProgressStyle::kLive;
}

}  // namespace

std::optional<ProgressStyle> ProgressFromText(std::string_view text) {
  if (text == "auto") return Auto();
  if (text == "plain") return ProgressStyle::kPlain;
  if (text == "quiet") return ProgressStyle::kQuiet;
  return {};
}

void Progress::Show(std::uint64_t asked, std::uint64_t total,
                    std::uint64_t recorded) {
  if (style_ == ProgressStyle::kQuiet) return;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ =
      now + (style_ == ProgressStyle::kLive ? std::chrono::milliseconds(200)
                                            : std::chrono::milliseconds(5000));
  Print(asked, total, recorded);
}

void Progress::End(std::uint64_t asked, std::uint64_t total,
                   std::uint64_t recorded) {
  if (style_ == ProgressStyle::kQuiet) return;
  Print(asked, total, recorded);
  if (style_ == ProgressStyle::kLive) std::fputc('\n', stderr);
}

void Progress::Print(std::uint64_t asked, std::uint64_t total,
                     std::uint64_t recorded) const {
  const bool live = style_ == ProgressStyle::kLive;
  std::fprintf(stderr,
               "%sasked %" PRIu64 " of %" PRIu64 " names, recorded %" PRIu64
               " measurements%s",
               live ? "\r\x1b[K" : "", asked, total, recorded,
               live ? "" : "\n");
}

}  // namespace taster::cli
