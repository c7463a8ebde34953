// SPDX-License-Identifier: Apache-2.0
#include "probe/cli/sweep_summary.h"

#include <fmt/format.h>

#include "proto/dns/presentation.h"

namespace taster::cli {
namespace {

double Seconds(const SweepCounts& counts) {
  return std::chrono::duration<double>(counts.duration).count();
}

std::uint64_t Unanswered(const SweepCounts& counts) {
  return counts.asked - counts.answered - counts.unsent;
}

}  // namespace

const char* WordOf(plan::BadName why) {
  switch (why) {
    case plan::BadName::kNone:
      return "none";
    case plan::BadName::kMalformed:
      return "malformed";
    case plan::BadName::kNotLdh:
      return "not_ldh";
    case plan::BadName::kUnderscore:
      return "underscore";
    case plan::BadName::kWildcard:
      return "wildcard";
    case plan::BadName::kNotALabel:
      return "not_a_label";
    case plan::BadName::kTrailingDot:
      return "trailing_dot";
    case plan::BadName::kSingleLabel:
      return "single_label";
    case plan::BadName::kAddress:
      return "address";
    case plan::BadName::kSpecialUse:
      break;
  }
  return "special_use";
}

std::string SweepText(const SweepSummary& summary) {
  const auto& counts = summary.counts;
  std::string text = fmt::format(
      "{}: {} entries, {} names asked in {:.1f} s ({:.0f}/s)\n"
      "answered    {} names, {} replies\n"
      "unanswered  {} names\n",
      summary.complete ? "complete" : "stopped", counts.entries, counts.asked,
      Seconds(counts), counts.rate(), counts.answered, counts.replies,
      Unanswered(counts));
  if (counts.unsent > 0) {
    text += fmt::format("not sent    {} names\n", counts.unsent);
  }
  if (counts.icmp > 0) {
    text += fmt::format("ICMP errors {} queries\n", counts.icmp);
  }
  const auto malformed = counts.all_malformed();
  if (malformed == 0) return text;
  text += fmt::format(
      "malformed   {} entries, left out{}\n", malformed,
      100 * malformed > counts.entries ? ": more than 1 % of the list" : "");
  for (std::size_t i = 0; i < kBadNames; ++i) {
    if (counts.malformed[i] == 0) continue;
    const auto why = static_cast<plan::BadName>(i);
    text += fmt::format("  {:>9}  {}\n", counts.malformed[i],
                        std::string(plan::Explain(why)));
  }
  return text;
}

std::string SweepJson(const SweepOptions& what, const SweepSummary& summary) {
  const auto& counts = summary.counts;
  std::string canaries;
  for (const auto& canary : what.canaries) {
    canaries += (canaries.empty() ? "\"" : ",\"") + canary.ToString() + "\"";
  }
  std::string malformed;
  for (std::size_t i = 1; i < kBadNames; ++i) {
    malformed +=
        fmt::format("{}\"{}\":{}", i == 1 ? "" : ",",
                    WordOf(static_cast<plan::BadName>(i)), counts.malformed[i]);
  }
  return fmt::format(
      "{{\"complete\":{},\"canaries\":[{}],\"qtype\":\"{}\",\"entries\":{},"
      "\"asked\":{},\"answered\":{},\"unanswered\":{},\"unsent\":{},"
      "\"replies\":{},\"icmp_errors\":{},\"malformed\":{{{}}},"
      "\"seconds\":{:.3f},\"names_per_second\":{:.1f}}}",
      summary.complete, canaries, dns::TypeToText(what.qtype), counts.entries,
      counts.asked, counts.answered, Unanswered(counts), counts.unsent,
      counts.replies, counts.icmp, malformed, Seconds(counts), counts.rate());
}

}  // namespace taster::cli
