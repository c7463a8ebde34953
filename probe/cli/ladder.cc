// SPDX-License-Identifier: Apache-2.0
// A line a step.
#include "probe/cli/ladder.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "probe/cli/terminal_text.h"
#include "proto/dns/presentation.h"

namespace taster::cli {
namespace {

constexpr std::size_t kRouterColumns = 24;
constexpr std::size_t kSideColumns = 34;
constexpr std::size_t kTtlsShown = 4;

class Drawing {
 public:
  Drawing(const Ladder& ladder, const LadderStyle& style)
      : ladder_(ladder), style_(style) {}

  std::string Draw() {
    const auto& what = ladder_.what;
    text_ =
        fmt::format("{} {} at {}, source port {}\n",
                    Printable(what.name.ToText()), dns::TypeToText(what.qtype),
                    what.server.ToString(), ladder_.source_port);
    Line("ttl", "router", Shortened(what.name), Shortened(what.control_name));
    std::uint8_t before = 0;
    for (const auto& [ttl, step] : ladder_.steps) {
      if (ttl != before + 1) text_ += Gap();
      before = ttl;
      Line(std::to_string(ttl), Routers(step), Side(step.target),
           Side(step.control));
    }
    First("target", &LadderStep::target);
    First("control name", &LadderStep::control);
    return text_;
  }

 private:
  std::string Bar() const { return style_.utf8 ? "\u2502" : "|"; }
  std::string Gap() const { return style_.utf8 ? "   \u22ee\n" : "   :\n"; }

  static std::string Shortened(const dns::Name& name) {
    std::string text = Printable(name.ToText());
    if (text.size() <= kSideColumns) return text;
    return text.substr(0, kSideColumns - 3) + "...";
  }

  void Line(const std::string& ttl, const std::string& router,
            const std::string& target, const std::string& control) {
    text_ += fmt::format("{:>4} {} {:<{}} {} {} {} {}\n", ttl, Bar(), router,
                         kRouterColumns, Bar(), Padded(target), Bar(), control);
  }

  // Colours and marks take more bytes than columns.
  static std::string Padded(const std::string& text) {
    std::size_t columns = 0;
    bool escape = false;
    for (const char c : text) {
      if (c == '\x1b') escape = true;
      if (!escape && (static_cast<unsigned char>(c) & 0xc0) != 0x80) ++columns;
      if (escape && c == 'm') escape = false;
    }
    return text +
           std::string(kSideColumns - std::min(columns, kSideColumns), ' ');
  }

  static std::string Routers(const LadderStep& step) {
    if (step.routers.empty()) return step.withheld > 0 ? "-" : "";
    std::string text = step.routers.begin()->ToString();
    if (step.routers.size() > 1) {
      text += fmt::format(" +{}", step.routers.size() - 1);
    }
    return text;
  }

  std::string Side(const LadderSide& side) const {
    std::string text = fmt::format("{}/{}", side.answered, side.asked);
    if (side.replies.empty()) return text;
    const auto fastest =
        std::ranges::min(side.replies, {}, &LadderReply::offset).offset;
    text = fmt::format("{} {} {}{:.1f} ms", text, IpTtls(side),
                       style_.utf8 ? "\u2265 " : "from ",
                       static_cast<double>(fastest.count()) / 1000);
    return style_.colour ? "\x1b[33m" + text + "\x1b[0m" : text;
  }

  static std::string IpTtls(const LadderSide& side) {
    std::set<int> ttls;
    for (const auto& reply : side.replies) {
      if (reply.ip_ttl) ttls.insert(*reply.ip_ttl);
    }
    std::string text = "ttl ";
    std::size_t shown = 0;
    for (const int ttl : ttls) {
      if (shown == kTtlsShown) return text + ",...";
      text += (shown++ > 0 ? "," : "") + std::to_string(ttl);
    }
    return ttls.empty() ? "ttl ?" : text;
  }

  void First(const char* who, LadderSide LadderStep::*side) {
    const auto first = std::ranges::find_if(
        ladder_.steps,
        [&](const auto& step) { return (step.second.*side).answered > 0; });
    text_ += first == ladder_.steps.end()
                 ? fmt::format("nothing answered for the {}\n", who)
                 : fmt::format("first answer for the {}: ttl {}\n", who,
                               first->first);
  }

  const Ladder& ladder_;
  const LadderStyle& style_;
  std::string text_;
};

bool LocaleIsUtf8() {
  for (const char* variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(variable);
    if (!value || *value == '\0') continue;
    const std::string_view text(value);
    return text.find("UTF-8") != text.npos || text.find("utf8") != text.npos;
  }
  return false;
}

}  // namespace

LadderStyle LadderStyleOfOutput() {
  LadderStyle style;
  const char* term = std::getenv("TERM");
  style.colour = ::isatty(STDOUT_FILENO) != 0 && term &&
                 std::string_view(term) != "dumb" && !std::getenv("NO_COLOR");
  style.utf8 = LocaleIsUtf8();
  return style;
}

std::string DrawLadder(const Ladder& ladder, const LadderStyle& style) {
  return Drawing(ladder, style).Draw();
}

}  // namespace taster::cli
