// SPDX-License-Identifier: Apache-2.0
// Tells a measurement in sentences.
#include "collector/explain/story.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "collector/explain/check_story.h"
#include "collector/explain/places.h"
#include "collector/explain/prose.h"
#include "collector/explain/words.h"
#include "collector/judge/check.h"
#include "collector/judge/rule.h"
#include "proto/dns/presentation.h"

namespace taster::explain {
namespace {

constexpr std::size_t kMostAddresses = 6;
constexpr std::size_t kMostReplies = 4;

std::string Milliseconds(std::chrono::microseconds offset) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.1f ms",
                static_cast<double>(offset.count()) / 1000);
  return text;
}

template <typename Addresses, typename Get>
std::string AddressList(const Told& told, const Addresses& addresses, Get get) {
  std::vector<std::string> items;
  for (const auto& one : addresses) {
    if (items.size() == kMostAddresses) {
      items.push_back(std::to_string(addresses.size() - kMostAddresses) +
                      " more");
      break;
    }
    items.push_back(AddressText(told, get(one)));
  }
  return Listed(items);
}

std::string ServerText(const judge::Asked& asked) {
  const std::string kind(ToText(asked.server_kind));
  if (!asked.server) return kind;
  const std::string address = asked.server->ToString();
  return address + ", " + kind + ",";
}

std::string Question(const Told& told) {
  const judge::Asked& asked = told.set.asked[told.index];
  std::string text = told.when + ": a probe in " + Where(told.set.network) +
                     ", asked " + ServerText(asked) + " over " +
                     std::string(ToText(asked.transport)) + " for the " +
                     dns::TypeToText(asked.qtype) + " records of " +
                     NameText(asked.qname);
  if (asked.role == judge::QuestionRole::kControlName) {
    text += ", a name that nobody is known to block";
  }
  return text + ".";
}

std::string ReplyText(const Told& told, const judge::Observation& reply) {
  if (reply.fit != judge::Fit::kMatches) {
    return "does not fit the query (" + std::string(ToText(reply.fit)) + ")";
  }
  std::string text;
  if (!reply.aliases.empty()) {
    text = "leads to the name " + NameText(reply.aliases.back());
  }
  if (!reply.addresses.empty()) {
    if (!text.empty()) text += " and ";
    return text + "gives " +
           AddressList(told, reply.addresses,
                       [](const auto& one) { return one.address; });
  }
  if (!text.empty()) return text;
  if (reply.rcode != 0) return "says " + dns::RcodeToText(reply.rcode);
  return reply.is_nodata() ? "says that there are none"
                           : "has records, but no address";
}

std::string Replies(const Told& told) {
  const judge::Asked& asked = told.set.asked[told.index];
  const std::size_t count = asked.replies.size();
  if (count == 0) {
    return "No reply came: " + std::string(ToText(asked.outcome)) + ".";
  }
  std::string text = count == 1 ? "One reply came" : "";
  if (count > 1) text = Counted(count, "reply", "replies") + " came";
  for (std::size_t i = 0; i < std::min(count, kMostReplies); ++i) {
    const judge::Observation& reply = asked.replies[i];
    text += count == 1 ? ", " : (i == 0 ? ": one " : "; one ");
    text += "after " + Milliseconds(reply.arrival_offset) + ", which " +
            ReplyText(told, reply);
  }
  if (count > kMostReplies) {
    text += "; and " + std::to_string(count - kMostReplies) + " more";
  }
  return text + ".";
}

std::string ControlText(const Told& told) {
  const judge::Control* control = told.set.asked[told.index].control.get();
  if (control == nullptr) {
    return "Nobody in a free network has answered for this name and type.";
  }
  std::vector<std::string> said;
  if (!control->addresses.empty()) {
    said.push_back(AddressList(told, control->addresses,
                               [](const auto& one) { return one; }));
  }
  if (control->saw_nodata) said.emplace_back("an answer without any address");
  if (control->saw_nxdomain) {
    said.emplace_back("that the name does not exist");
  }
  std::string text = "In free networks, ";
  text += Counted(control->vantages, "vantage point", "vantage points");
  text +=
      said.empty() ? " looked and saw nothing usable" : " saw " + Listed(said);
  if (control->authenticated) text += ", proved by DNSSEC";
  return text + ".";
}

// Proved by one thing that has no innocent explanation, or by several that
// could each have one.
bool IsConfirmed(const judge::MeasurementVerdict& verdict) {
  return std::any_of(
      verdict.replies.begin(), verdict.replies.end(), [](const auto& reply) {
        return std::any_of(reply.fired.begin(), reply.fired.end(),
                           [](const judge::Finding& finding) {
                             return finding.rule->strength ==
                                    judge::Strength::kConfirms;
                           });
      });
}

std::string VerdictText(const judge::MeasurementVerdict& verdict) {
  std::string text = std::string(judge::ToString(verdict.verdict)) + ": " +
                     std::string(MeaningOf(verdict.verdict));
  if (verdict.verdict == judge::Class::kPoisoned) {
    text += IsConfirmed(verdict) ? "; there is no innocent explanation for it"
                                 : "; independent kinds of evidence say so";
  }
  text += ".";
  if (verdict.mechanism != judge::Mechanism::kNone) {
    text += " How: " + std::string(judge::ToString(verdict.mechanism)) + "; " +
            std::string(MeaningOf(verdict.mechanism)) + ".";
  } else if (verdict.verdict == judge::Class::kPoisoned ||
             verdict.verdict == judge::Class::kLikelyPoisoned) {
    text += " How it came about is not known from this evidence.";
  }
  if (!verdict.injector.empty()) {
    text += " Whose hand: " + verdict.injector + ".";
  }
  return text;
}

bool Carries(judge::Strength strength) {
  return strength != judge::Strength::kRanks;
}

std::string FindingText(const judge::Finding& finding) {
  const judge::Rule& rule = *finding.rule;
  std::string subject = finding.evidence.subject;
  if (subject.ends_with('.')) subject.pop_back();
  return std::string(rule.summary) + " Here: " + subject + ". " +
         finding.evidence.reason + " (" + std::string(rule.id) + ", " +
         std::string(ToText(rule.strength)) + ")";
}

// Every rule that fired on any of the replies, once, with its source.
std::string Grounds(const judge::MeasurementVerdict& verdict) {
  std::string text;
  std::vector<const judge::Rule*> told;
  for (const judge::ReplyVerdict& reply : verdict.replies) {
    for (const judge::Finding& finding : reply.fired) {
      if (!Carries(finding.rule->strength)) continue;
      if (std::find(told.begin(), told.end(), finding.rule) != told.end()) {
        continue;
      }
      told.push_back(finding.rule);
      text += Wrapped("  - ", FindingText(finding));
      text += Wrapped("    ", "Source: " + std::string(finding.rule->citation));
    }
  }
  return text;
}

// Why a resolver could not find the name, where that is known.
std::string DelegationText(const Told& told) {
  for (std::size_t i = 0; i < told.set.asked.size(); ++i) {
    const judge::Asked& asked = told.set.asked[i];
    if (asked.role != judge::QuestionRole::kNameServer ||
        told.verdict.measurements[i].verdict != judge::Class::kPoisoned) {
      continue;
    }
    return "Beside it, the probe asked for the address of " +
           NameText(asked.qname) +
           ", a name server of this name, and was given a forged one: whoever "
           "follows it asks a stranger.";
  }
  return {};
}

std::string SetText(const Told& told) {
  const judge::SetVerdict& set = told.verdict;
  std::string text =
      "Together with " +
      Counted(told.set.asked.size() - 1, "other question", "other questions") +
      " that were asked beside it: " +
      std::string(judge::ToString(set.verdict));
  if (set.mechanism != judge::Mechanism::kNone) {
    text += ", by " + std::string(judge::ToString(set.mechanism));
  }
  if (!set.injector.empty()) text += ", of " + set.injector;
  return text + ".";
}

}  // namespace

std::string Story(const Told& told) {
  const judge::MeasurementVerdict& verdict =
      told.verdict.measurements[told.index];
  const bool check = judge::IsCheck(told.set.asked[told.index]);
  std::string text = check ? CheckStory(told)
                           : Wrapped("", Question(told)) +
                                 Wrapped("", Replies(told)) +
                                 Wrapped("", ControlText(told));
  if (verdict.mechanism == judge::Mechanism::kDelegationPoisoned) {
    text += Wrapped("", DelegationText(told));
  }
  text += "\n" + Wrapped("Verdict  ",
                         check ? CheckVerdict(told) : VerdictText(verdict));
  const std::string grounds = Grounds(verdict);
  if (!grounds.empty()) text += "Because\n" + grounds;
  if (told.set.asked.size() > 1) text += Wrapped("The set  ", SetText(told));
  return text;
}

}  // namespace taster::explain
