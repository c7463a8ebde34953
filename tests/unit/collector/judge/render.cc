// SPDX-License-Identifier: Apache-2.0
// Renders observations, findings and verdicts.
#include "tests/unit/collector/judge/render.h"

#include <cstdio>

#include "collector/explain/story.h"
#include "collector/judge/ruleset.h"
#include "collector/reference/day.h"
#include "proto/dns/message_reader.h"
#include "proto/dns/presentation.h"

namespace taster::judge {
namespace {

std::string Title(const Asked& asked, std::size_t reply) {
  std::string title = "query " + std::to_string(asked.ordinal);
  if (reply > 0) title += ", reply " + std::to_string(reply);
  return title;
}

std::string FitText(Fit fit) {
  switch (fit) {
    case Fit::kMatches:
      return "matches";
    case Fit::kOtherSource:
      return "other source";
    case Fit::kOtherId:
      return "other id";
    case Fit::kOtherQuestion:
      return "other question";
    case Fit::kNotAResponse:
      return "not a response";
  }
  return "unknown";
}

std::string StatusText(Status status) {
  switch (status) {
    case Status::kNotApplicable:
      return "not applicable";
    case Status::kNotEffective:
      return "not effective";
    case Status::kClear:
      return "clear";
    case Status::kFired:
      return "fired";
  }
  return "unknown";
}

std::string Flag(const char* name, std::optional<bool> flag) {
  return std::string(" ") + name + "=" + (flag ? *flag ? "1" : "0" : "?");
}

std::string HeaderText(const Observation& reply) {
  char flags[8];
  std::snprintf(flags, sizeof(flags), "0x%04x", reply.flags);
  return "  flags " + std::string(flags) + ", " +
         dns::RcodeToText(reply.rcode) + ", records " +
         std::to_string(reply.answer_count) + "/" +
         std::to_string(reply.authority_count) + "/" +
         std::to_string(reply.additional_count) + Flag("opt", reply.has_opt) +
         Flag("case", reply.case_preserved) +
         Flag("c00c", reply.owner_is_pointer) + "\n";
}

std::string NetworkText(const Observation& reply) {
  return "  from " + reply.source.ToString() + " after " +
         std::to_string(reply.arrival_offset.count()) +
         " us, ip_ttl=" + (reply.ip_ttl ? std::to_string(*reply.ip_ttl) : "?") +
         Flag("df", reply.dont_fragment) + Flag("id_zero", reply.ip_id_zero) +
         "\n";
}

std::string ContentText(const Observation& reply) {
  std::string text;
  for (const AnsweredAddress& answer : reply.addresses) {
    text += "  " + dns::TypeToText(answer.type) + " " +
            answer.address.ToString() + " ttl " +
            std::to_string(answer.rr_ttl) + "\n";
  }
  for (const dns::Name& alias : reply.aliases) {
    text += "  alias " + alias.ToText() + "\n";
  }
  if (reply.other_records > 0) {
    text += "  other records " + std::to_string(reply.other_records) + "\n";
  }
  if (reply.defect != 0) {
    text += "  defect " +
            std::string(dns::ToString(static_cast<dns::Defect>(reply.defect))) +
            "\n";
  }
  return text;
}

std::string Judgement(Class verdict, Mechanism mechanism,
                      const std::string& injector) {
  std::string text(ToString(verdict));
  if (mechanism != Mechanism::kNone) {
    text += " by " + std::string(ToString(mechanism));
  }
  if (!injector.empty()) text += " of " + injector;
  return text;
}

}  // namespace

std::string RenderObservations(const Case& subject) {
  std::string text;
  for (const Asked& asked : subject.asked) {
    text += Title(asked, 0) + ": " + asked.qname.ToText() + " " +
            dns::TypeToText(asked.qtype) + ", " +
            std::to_string(asked.replies.size()) + " replies\n";
    for (std::size_t i = 0; i < asked.replies.size(); ++i) {
      const Observation& reply = asked.replies[i];
      text += Title(asked, i + 1) + ": " + FitText(reply.fit) + "\n" +
              NetworkText(reply) + HeaderText(reply) + ContentText(reply);
    }
  }
  return text;
}

std::string RenderFindings(const Case& subject) {
  std::string text;
  for (const Asked& asked : subject.asked) {
    for (std::size_t i = 0; i < asked.replies.size(); ++i) {
      if (asked.replies[i].fit != Fit::kMatches) continue;
      text += Title(asked, i + 1) + "\n";
      for (const Rule* rule : Ruleset()) {
        const Finding finding =
            Apply(*rule, {subject, asked, asked.replies[i]});
        text +=
            "  " + std::string(rule->id) + ": " + StatusText(finding.status);
        if (finding.status == Status::kFired) {
          text +=
              ": " + finding.evidence.subject + ": " + finding.evidence.reason;
        }
        text += "\n";
      }
    }
  }
  return text;
}

std::string RenderVerdict(const SetVerdict& verdict) {
  std::string text =
      "set: " +
      Judgement(verdict.verdict, verdict.mechanism, verdict.injector) + "\n";
  for (const MeasurementVerdict& one : verdict.measurements) {
    const std::string title = "query " + std::to_string(one.ordinal);
    text += title + ": " + Judgement(one.verdict, one.mechanism, one.injector) +
            "\n";
    for (std::size_t i = 0; i < one.replies.size(); ++i) {
      const ReplyVerdict& reply = one.replies[i];
      text += title + ", reply " + std::to_string(i + 1) + ": " +
              Judgement(reply.verdict, reply.mechanism, reply.injector);
      for (const Finding& finding : reply.fired) {
        text += " [" + std::string(finding.rule->id) + "]";
      }
      text += "\n";
    }
  }
  return text;
}

std::string RenderStory(const Case& subject) {
  const SetVerdict verdict = Judge(subject);
  std::size_t index = 0;
  for (std::size_t i = subject.asked.size(); i-- > 0;) {
    const MeasurementVerdict& one = verdict.measurements[i];
    const QuestionRole role = subject.asked[i].role;
    const bool of_target =
        role == QuestionRole::kTarget || role == QuestionRole::kCheck;
    if (of_target && one.verdict == verdict.verdict &&
        one.mechanism == verdict.mechanism) {
      index = i;
    }
  }
  return explain::Story({.set = subject,
                         .verdict = verdict,
                         .index = index,
                         .when = reference::DayText(subject.date),
                         .owner = {}});
}

}  // namespace taster::judge
