// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/explain_page.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include "collector/cli/clock.h"
#include "collector/explain/prose.h"
#include "collector/explain/story.h"
#include "collector/explain/words.h"
#include "collector/judge/verdict.h"
#include "proto/dns/presentation.h"
#include "proto/net/bytes_of.h"

namespace taster::cli {
namespace {

using explain::ApplyAll;
using explain::FindAsked;
using explain::ToText;
using net::BytesOf;

std::string Milliseconds(std::chrono::microseconds offset) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.3f ms",
                static_cast<double>(offset.count()) / 1000);
  return text;
}

std::string YesNo(const std::optional<bool>& value) {
  if (!value.has_value()) return "not shown";
  return *value ? "yes" : "no";
}

std::string Indented(const std::string& text) {
  std::string indented;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    indented += "    " + text.substr(at, end - at) + "\n";
    at = end + 1;
  }
  return indented;
}

std::string VerdictLine(const store::StoredVerdict& verdict) {
  std::string line(judge::ToString(verdict.verdict));
  if (verdict.mechanism != judge::Mechanism::kNone) {
    line += ", by " + std::string(judge::ToString(verdict.mechanism));
  }
  if (!verdict.injector.empty()) line += ", injector " + verdict.injector;
  return line + "  (ruleset " + verdict.ruleset + ")";
}

const store::StoredVerdict* FindVerdict(const Explained& explained,
                                        std::size_t reply) {
  for (const store::StoredVerdict& verdict : explained.stored.verdicts) {
    if (verdict.reply == reply) return &verdict;
  }
  return nullptr;
}

// The technical side of the question, beside what the story says.
std::string Question(const Explained& explained) {
  const store::MeasurementRow& row = explained.stored.row;
  std::string text = "Measurement " + ToText(explained.id) + ", by " +
                     explained.stored.software + "\n";
  text += "Times       asked " + TimeToText(row.query_time) +
          " by the probe's clock; received " +
          TimeToText(explained.stored.receive_time) + "\n";
  text += "Listened    " + Milliseconds(row.window) + ": " +
          std::string(ToText(row.asked.outcome)) + ", " +
          std::to_string(row.messages.size()) + " replies kept, " +
          std::to_string(row.uncounted_responses) + " more\n";
  return text;
}

std::string Icmp(const Explained& explained) {
  std::string text;
  for (const store::IcmpErrorRow& error : explained.stored.row.icmp_errors) {
    text += "ICMP        type " + std::to_string(error.type) + " code " +
            std::to_string(error.code) + " from " + error.offender.ToString() +
            " after " + Milliseconds(error.arrival_offset) + "\n";
  }
  return text;
}

// Those that fired in full, the others by name.
std::string Findings(const judge::Subject& subject) {
  std::string text;
  std::map<judge::Status, std::string> others;
  for (const judge::Finding& finding : ApplyAll(subject)) {
    if (finding.status != judge::Status::kFired) {
      others[finding.status] += " " + std::string(finding.rule->id);
      continue;
    }
    text += explain::Wrapped("    FIRED           ",
                             std::string(finding.rule->id) + ", " +
                                 std::string(ToText(finding.rule->strength)) +
                                 ": " + finding.evidence.subject + ". " +
                                 finding.evidence.reason);
  }
  for (const auto& [status, rules] : others) {
    char head[32];
    std::snprintf(head, sizeof(head), "    %-15s ",
                  std::string(ToText(status)).c_str());
    text += explain::Wrapped(head, rules);
  }
  return text;
}

std::string Reply(const Explained& explained, std::size_t index) {
  const store::MeasurementRow& row = explained.stored.row;
  const judge::Observation& seen = row.asked.replies[index];
  std::string text = "\nReply " + std::to_string(index + 1) + ", after " +
                     Milliseconds(seen.arrival_offset) + "\n";
  if (const auto* verdict = FindVerdict(explained, index + 1)) {
    text += "  Verdict    " + VerdictLine(*verdict) + "\n";
  }
  text += "  From       " + seen.source.ToString() + ", IP TTL " +
          (seen.ip_ttl ? std::to_string(*seen.ip_ttl) : "not shown") + ", DF " +
          YesNo(seen.dont_fragment) + ", IP-ID zero " + YesNo(seen.ip_id_zero) +
          "\n";
  const judge::Asked* asked = FindAsked(explained.set, explained.id.ordinal);
  if (asked != nullptr && index < asked->replies.size()) {
    const judge::Observation& dissected = asked->replies[index];
    text += "  Fit        " + std::string(ToText(dissected.fit)) + "\n";
    if (dissected.fit == judge::Fit::kMatches) {
      text += "  Rules\n" + Findings({explained.set, *asked, dissected});
    }
  }
  text += "  Message\n" +
          Indented(dns::MessageToText(BytesOf(row.messages[index])));
  return text + "  Bytes\n" +
         Indented(dns::HexDump(BytesOf(row.messages[index])));
}

}  // namespace

std::string StoryOf(const Explained& explained) {
  const judge::Case& set = explained.set;
  const judge::SetVerdict verdict = judge::Judge(set);
  for (std::size_t i = 0; i < set.asked.size(); ++i) {
    if (set.asked[i].ordinal != explained.id.ordinal) continue;
    return explain::Story({.set = set,
                           .verdict = verdict,
                           .index = i,
                           .when = TimeToText(explained.stored.row.query_time),
                           .owner = [&](std::uint32_t asn) {
                             return explained.networks.OwnerOf(asn);
                           }});
  }
  return "This measurement could not be read again.\n";
}

std::string ExplainPage(const Explained& explained) {
  std::string text =
      StoryOf(explained) + "\n" + Question(explained) + Icmp(explained);
  if (const auto* verdict = FindVerdict(explained, 0)) {
    text += "Stored      " + VerdictLine(*verdict) + "\n";
    text += "Its set     " + explained.stored.set_qname + ": " +
            std::string(judge::ToString(explained.stored.set_verdict)) + "\n";
  } else {
    text +=
        "Stored      no verdict: control probes are what others are judged "
        "by\n";
  }
  for (std::size_t i = 0; i < explained.stored.row.messages.size(); ++i) {
    text += Reply(explained, i);
  }
  return text;
}

}  // namespace taster::cli
