// SPDX-License-Identifier: Apache-2.0
// The report as text: cells first, then responder by responder.
#include "probe/cli/study_text.h"

#include <fmt/format.h>

#include "proto/dns/presentation.h"

namespace taster::cli {
namespace {

// Of a pool, in text; JSON has all.
constexpr std::size_t kAddressesShown = 8;

std::string Bit(const std::optional<bool>& bit) {
  if (!bit) return "?";
  return *bit ? "1" : "0";
}

std::string Series(const study::NumberSeries& series) {
  if (series.kind == study::SeriesKind::kNone) return "not seen";
  if (series.least == series.most) return fmt::format("{} fixed", series.least);
  return fmt::format("{} to {}, {}", series.least, series.most,
                     ToText(series.kind));
}

std::string CellText(const study::Cell& cell) {
  std::string replies;
  for (const auto& [sender, count] : cell.replies) {
    replies += fmt::format(" [{}] {}", sender + 1, count);
  }
  if (cell.other_replies > 0) {
    replies += fmt::format(" others {}", cell.other_replies);
  }
  return fmt::format(
      "  {:<7}{:<6} rd={} cd={} edns={}  asked {}  replies{}\n",
      cell.at_canary ? "canary" : "server", dns::TypeToText(cell.qtype),
      cell.recursion_desired ? 1 : 0, cell.checking_disabled ? 1 : 0,
      cell.edns ? 1 : 0, cell.asked, replies.empty() ? " none" : replies);
}

std::string PoolText(const study::Responder& sender) {
  const auto& pool = sender.pool;
  std::string text = fmt::format(
      "      pool: {}, {} addresses seen; order explains {} of {} steps\n",
      ToText(pool.kind), pool.distinct, pool.explained, pool.steps);
  if (pool.kind != study::PoolKind::kOrdered) return text;
  text +=
      pool.is_cycle
          ? fmt::format("      period {}, {} processes seen from {} ports\n",
                        pool.period(), sender.processes.count,
                        sender.processes.flows)
          : fmt::format("      longest stretch {}, cycle not closed\n",
                        pool.order.size());
  text += "      order:";
  for (std::size_t i = 0; i < pool.order.size() && i < kAddressesShown; ++i) {
    text += " " + pool.order[i].ToString();
  }
  return text + (pool.order.size() > kAddressesShown ? " ...\n" : "\n");
}

std::string LengthText(const study::Responder& sender) {
  if (sender.longest_answered == 0) return "no name of the length series";
  const std::string silent =
      sender.shortest_silent == 0
          ? "none longer was silent"
          : fmt::format("silent from {}", sender.shortest_silent);
  return fmt::format("{} bytes, {}", sender.longest_answered, silent);
}

std::string SenderText(std::size_t index, const study::Responder& sender) {
  std::string types;
  for (const auto& [asked, given] : sender.types) {
    types += fmt::format(" {}->{}", dns::TypeToText(asked),
                         given == 0 ? "no record" : dns::TypeToText(given));
  }
  const auto& print = sender.fingerprint;
  return fmt::format(
             "  [{}] {} replies: AA={} DF={} IP-ID-zero={} owner {}\n"
             "      flags: RD=1 {:04x}, RD=0 {}\n"
             "      record TTL: {}; IP TTL: {}, mirrors the query's: {}\n"
             "      letter case kept: {}; EDNS in replies: {}\n"
             "      types:{}\n"
             "      longest name answered: {}\n",
             index + 1, sender.replies, print.authoritative ? 1 : 0,
             Bit(print.dont_fragment), Bit(print.ip_id_zero),
             !print.answers     ? "none"
             : print.full_owner ? "in full"
                                : "a pointer",
             sender.flags_rd1,
             sender.flags_rd0 ? fmt::format("{:04x}", *sender.flags_rd0)
                              : "no reply",
             Series(sender.rr_ttl), Series(sender.ip_ttl),
             Bit(sender.ip_ttl_mirrored), sender.case_kept ? "yes" : "no",
             sender.has_opt ? "yes" : "no", types, LengthText(sender)) +
         PoolText(sender);
}

}  // namespace

const char* ToText(study::PoolKind kind) {
  switch (kind) {
    case study::PoolKind::kUndecided:
      return "undecided";
    case study::PoolKind::kSingle:
      return "single";
    case study::PoolKind::kOrdered:
      return "ordered";
    case study::PoolKind::kRandom:
      break;
  }
  return "random";
}

const char* ToText(study::SeriesKind kind) {
  switch (kind) {
    case study::SeriesKind::kNone:
      return "none";
    case study::SeriesKind::kFixed:
      return "fixed";
    case study::SeriesKind::kCounting:
      return "counting";
    case study::SeriesKind::kSpread:
      break;
  }
  return "spread";
}

std::string StudyText(const StudyOptions& what, const study::Report& report) {
  std::string text = fmt::format(
      "{} {} at canary {}\n{} asked ({} of them to walk the pool), {} "
      "answered; control name: {} replies\n\nwhat draws replies:\n",
      what.names.name.ToText(), dns::TypeToText(what.names.qtype),
      what.canary.ToString(), report.asked, report.walked, report.answered,
      report.control_replies);
  for (const auto& cell : report.cells) text += CellText(cell);
  text += report.responders.empty() ? "\nnobody replied\n"
                                    : "\nwho replies (to RD=1):\n";
  for (std::size_t i = 0; i < report.responders.size(); ++i) {
    text += SenderText(i, report.responders[i]);
  }
  return text;
}

}  // namespace taster::cli
