// SPDX-License-Identifier: Apache-2.0
// Judges a case: replies, then measurements, then the set.
#include <algorithm>
#include <array>
#include <utility>

#include "collector/judge/agreement.h"
#include "collector/judge/attribute.h"
#include "collector/judge/check.h"
#include "collector/judge/explain.h"
#include "collector/judge/failure.h"
#include "collector/judge/reply_facts.h"
#include "collector/judge/ruleset.h"
#include "collector/judge/set_context.h"
#include "collector/judge/verdict.h"
#include "proto/dns/constants.h"

namespace taster::judge {
namespace {

// How bad a class is, for "the worst of". `down` says that the name itself
// fails; `blocked` accuses, but with nothing forged to show.
int Severity(Class verdict) {
  switch (verdict) {
    case Class::kConsistent:
      return 0;
    case Class::kInsufficient:
      return 1;
    case Class::kDown:
      return 2;
    case Class::kAmbiguous:
      return 3;
    case Class::kFiltered:
      return 4;
    case Class::kBlocked:
      return 5;
    case Class::kLikelyPoisoned:
      return 6;
    case Class::kPoisoned:
      return 7;
  }
  return 1;
}

Class Worse(Class left, Class right) {
  return Severity(left) < Severity(right) ? right : left;
}

// Rules that fire on a reply that draws any: room for them is made at once.
constexpr std::size_t kUsuallyFired = 6;

ReplyVerdict JudgeReply(const Subject& bare) {
  ReplyVerdict verdict;
  if (bare.reply.fit != Fit::kMatches) return verdict;
  const ReplyFacts facts = WorkOut(bare);
  const Subject subject{bare.set, bare.asked, bare.reply, &facts};
  const auto apply = [&](bool ranks) {
    for (const Rule* rule : Ruleset()) {
      if ((rule->strength == Strength::kRanks) != ranks) continue;
      auto evidence = Fire(*rule, subject);
      if (!evidence) continue;
      if (verdict.fired.empty()) verdict.fired.reserve(kUsuallyFired);
      verdict.fired.push_back({rule, Status::kFired, *std::move(evidence)});
    }
  };
  apply(false);
  verdict.verdict = Conclude(verdict.fired);
  // Whether to ask again is no question where the answer is known.
  const bool known = verdict.verdict == Class::kPoisoned ||
                     verdict.verdict == Class::kConsistent ||
                     verdict.verdict == Class::kFiltered;
  if (!known) apply(true);
  return verdict;
}

void ConcludeMeasurement(const Case& set, const Asked& asked,
                         MeasurementVerdict* verdict) {
  bool usable = false;
  verdict->verdict = Class::kConsistent;
  for (std::size_t i = 0; i < asked.replies.size(); ++i) {
    if (asked.replies[i].fit != Fit::kMatches) continue;
    const ReplyVerdict& reply = verdict->replies[i];
    usable = usable || IsUsable(asked.replies[i]) ||
             reply.verdict != Class::kInsufficient;
    verdict->verdict = Worse(verdict->verdict, reply.verdict);
    if (verdict->injector.empty()) verdict->injector = reply.injector;
  }
  if (!usable) {
    const Failure failure =
        IsCheck(asked) ? ExplainCheck(set, asked) : ExplainFailure(set, asked);
    verdict->verdict = failure.verdict;
    verdict->mechanism = failure.mechanism;
    return;
  }
  for (const ReplyVerdict& reply : verdict->replies) {
    if (reply.verdict != verdict->verdict) continue;
    verdict->mechanism = Merge(verdict->mechanism, reply.mechanism);
  }
}

// True iff a measurement has a say in its set. Silence is what a canary
// should give, a query that never got there tells nothing, and a recursive
// resolver that was told not to recurse owes no answer, and encrypted DNS that
// fails for every name says nothing of this one, nor does a check of an address
// that nobody else has checked: none of them takes anything from what the
// others show.
bool HasSay(const Case& set, const Asked& asked,
            const MeasurementVerdict& verdict) {
  const bool of_target =
      asked.role == QuestionRole::kTarget || asked.role == QuestionRole::kCheck;
  if (!of_target) return false;
  if (verdict.verdict != Class::kInsufficient) return true;
  if (IsCheck(asked)) return false;
  if (FailsForEveryName(set, asked)) return false;
  const bool answered = asked.outcome == Outcome::kResponse;
  if (asked.server_kind == ServerKind::kCanary && !answered) return false;
  if (!answered && !WasSilent(asked)) return false;
  const bool recursion_desired = (asked.query_flags & dns::kFlagRd) != 0;
  return recursion_desired || asked.server_kind == ServerKind::kAuthoritative;
}

// Of the measurements that `counts` lets through the one whose injector
// explains most: the first, by ordinal, that tells one apart; failing that, the
// first that names one at all. nullptr: none does.
template <typename Counts>
const MeasurementVerdict* BestNamed(const Case& set, const SetVerdict& verdict,
                                    Counts counts) {
  const MeasurementVerdict* chosen = nullptr;
  bool chosen_apart = false;
  for (std::size_t i = 0; i < set.asked.size(); ++i) {
    const MeasurementVerdict& one = verdict.measurements[i];
    if (one.injector.empty() || !counts(set.asked[i], one)) continue;
    const bool apart = IsToldApart(*set.reference, one.injector);
    const bool better =
        chosen == nullptr || apart > chosen_apart ||
        (apart == chosen_apart && one.ordinal < chosen->ordinal);
    if (!better) continue;
    chosen = &one;
    chosen_apart = apart;
  }
  return chosen;
}

bool IsForgedNameServer(const Asked& asked, const MeasurementVerdict& verdict) {
  return asked.role == QuestionRole::kNameServer &&
         verdict.verdict == Class::kPoisoned;
}

// Somebody forges the name of one of the target's name servers: whoever asks
// for the target asks a stranger, or nobody.
void ConcludeDelegation(const Case& set, SetVerdict* verdict) {
  bool forged = false;
  for (std::size_t i = 0; i < set.asked.size(); ++i) {
    forged =
        forged || IsForgedNameServer(set.asked[i], verdict->measurements[i]);
  }
  if (!forged) return;
  const MeasurementVerdict* const named =
      BestNamed(set, *verdict, IsForgedNameServer);
  const std::string injector = named == nullptr ? "" : named->injector;
  for (std::size_t i = 0; i < set.asked.size(); ++i) {
    MeasurementVerdict& one = verdict->measurements[i];
    const bool failed =
        one.verdict == Class::kInsufficient || one.verdict == Class::kBlocked;
    if (!failed || !MayFailByDelegation(set.asked[i])) continue;
    one.verdict = Class::kBlocked;
    one.mechanism = Mechanism::kDelegationPoisoned;
    one.injector = injector;
  }
}

void ConcludeSet(const Case& set, SetVerdict* verdict) {
  bool anyone = false;
  Class worst = Class::kConsistent;
  for (std::size_t i = 0; i < set.asked.size(); ++i) {
    const MeasurementVerdict& one = verdict->measurements[i];
    if (!one.has_say) continue;
    anyone = true;
    worst = Worse(worst, one.verdict);
  }
  verdict->verdict = anyone ? worst : Class::kInsufficient;
  for (std::size_t i = 0; i < set.asked.size(); ++i) {
    const MeasurementVerdict& one = verdict->measurements[i];
    if (!one.has_say || one.verdict != verdict->verdict) continue;
    verdict->mechanism = Merge(verdict->mechanism, one.mechanism);
  }
  const MeasurementVerdict* const named = BestNamed(
      set, *verdict,
      [](const Asked&, const MeasurementVerdict& one) { return one.has_say; });
  if (named != nullptr) verdict->injector = named->injector;
}

// Under which mechanism an answer is listed: lists do not tell whether whoever
// gave it was asked.
Mechanism ListedAs(Mechanism mechanism) {
  return mechanism == Mechanism::kIntercepted ? Mechanism::kResolverLying
                                              : mechanism;
}

void ExplainReplies(const Case& set, SetVerdict* verdict) {
  const bool injection = ShowsInjection(set, verdict->measurements);
  for (std::size_t i = 0; i < set.asked.size(); ++i) {
    const Asked& asked = set.asked[i];
    for (std::size_t j = 0; j < asked.replies.size(); ++j) {
      ReplyVerdict& reply = verdict->measurements[i].replies[j];
      if (!AccusesForger(reply.verdict)) continue;
      const Subject subject{set, asked, asked.replies[j]};
      reply.mechanism = Explain(subject, reply, injection);
      const bool relayed = reply.mechanism == Mechanism::kResolverPoisoned ||
                           reply.mechanism == Mechanism::kIntercepted;
      const ListedMatch listed = FindListed(subject, ListedAs(reply.mechanism));
      reply.injector = listed.answer != nullptr
                           ? listed.answer->injector
                           : Attribute(subject, relayed ? Sender::kRelay
                                                        : Sender::kInjector);
    }
  }
}

}  // namespace

SetVerdict Judge(const Case& subject) {
  SetVerdict verdict;
  verdict.measurements.reserve(subject.asked.size());
  for (const Asked& asked : subject.asked) {
    MeasurementVerdict& one = verdict.measurements.emplace_back();
    one.ordinal = asked.ordinal;
    one.replies.reserve(asked.replies.size());
    for (const Observation& reply : asked.replies) {
      one.replies.push_back(JudgeReply({subject, asked, reply}));
    }
  }
  ExplainReplies(subject, &verdict);
  for (std::size_t i = 0; i < subject.asked.size(); ++i) {
    MeasurementVerdict& one = verdict.measurements[i];
    ConcludeMeasurement(subject, subject.asked[i], &one);
  }
  ConcludeDelegation(subject, &verdict);
  for (std::size_t i = 0; i < subject.asked.size(); ++i) {
    MeasurementVerdict& one = verdict.measurements[i];
    one.has_say = HasSay(subject, subject.asked[i], one);
  }
  ConcludeSet(subject, &verdict);
  return verdict;
}

}  // namespace taster::judge
