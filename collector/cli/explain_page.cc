// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/explain_page.h"

#include <algorithm>
#include <cstdio>

#include "collector/cli/clock.h"
#include "collector/cli/explain_words.h"
#include "collector/judge/verdict.h"
#include "proto/dns/presentation.h"

namespace taster::cli {
namespace {

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

std::string Question(const Explained& explained) {
  const store::MeasurementRow& row = explained.stored.row;
  const store::Vantage& vantage = explained.stored.vantage;
  const judge::Asked* asked = FindAsked(explained.set, explained.id.ordinal);
  std::string text = "Measurement " + ToText(explained.id) + "\n";
  text += "From        " + vantage.enrolment.country + "/AS" +
          std::to_string(vantage.enrolment.asn) + ", " +
          explained.stored.software + "\n";
  text += "At          " + TimeToText(row.query_time) +
          " by the probe's clock; received " +
          TimeToText(explained.stored.receive_time) + "\n";
  text += "Asked       " + row.asked.qname.ToText() + " " +
          dns::TypeToText(row.asked.qtype) + " over " +
          std::string(ToText(row.asked.transport)) + "\n";
  text += "Of          " +
          (row.asked.server ? row.asked.server->ToString()
                            : std::string("(not told)")) +
          ", " + std::string(ToText(row.asked.server_kind)) + "\n";
  text += "Listened    " + Milliseconds(row.window) + ": " +
          std::string(ToText(row.asked.outcome)) + ", " +
          std::to_string(row.messages.size()) + " replies kept, " +
          std::to_string(row.uncounted_responses) + " more\n";
  if (asked != nullptr) {
    text += "Control     ";
    if (asked->control == nullptr) {
      text += "none: nobody in a free network has answered for this name\n";
    } else {
      text += std::to_string(asked->control->addresses.size()) +
              " addresses from " + std::to_string(asked->control->vantages) +
              " control probes in free networks\n";
    }
  }
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

std::string Findings(const judge::Subject& subject) {
  std::string text;
  for (const judge::Finding& finding : ApplyAll(subject)) {
    char head[64];
    std::snprintf(head, sizeof(head), "    %-14s %-22s ",
                  std::string(ToText(finding.status)).c_str(),
                  std::string(finding.rule->id).c_str());
    text += head;
    text += ToText(finding.rule->strength);
    if (finding.status == judge::Status::kFired) {
      text += ": " + finding.evidence.subject + "\n      " +
              finding.evidence.reason + "\n      [" +
              std::string(finding.rule->citation) + "]";
    }
    text += "\n";
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

std::string ExplainPage(const Explained& explained) {
  std::string text = Question(explained) + Icmp(explained);
  if (const auto* verdict = FindVerdict(explained, 0)) {
    text += "Verdict     " + VerdictLine(*verdict) + "\n";
    text += "Its set     " + explained.stored.set_qname + ": " +
            std::string(judge::ToString(explained.stored.set_verdict)) + "\n";
  } else {
    text += "Verdict     none: control probes are what others are judged by\n";
  }
  for (std::size_t i = 0; i < explained.stored.row.messages.size(); ++i) {
    text += Reply(explained, i);
  }
  return text;
}

}  // namespace taster::cli
