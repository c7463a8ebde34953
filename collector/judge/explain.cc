// SPDX-License-Identifier: Apache-2.0
// Finds mechanisms. Independent of the order of findings and of questions.
#include "collector/judge/explain.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "collector/judge/attribute.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/set_context.h"

namespace taster::judge {
namespace {

bool Accuses(const Finding& finding) {
  return finding.rule->strength == Strength::kConfirms ||
         finding.rule->strength == Strength::kSuggests;
}

// The mechanism that a fired rule speaks for; of several the one that Merge
// chooses. kNone if none does.
Mechanism SpokenFor(const ReplyVerdict& verdict) {
  auto spoken = Mechanism::kNone;
  for (const Finding& finding : verdict.fired) {
    if (Accuses(finding)) spoken = Merge(spoken, finding.rule->mechanism);
  }
  return spoken;
}

bool Fired(const ReplyVerdict& verdict, const Rule& rule) {
  return std::any_of(
      verdict.fired.begin(), verdict.fired.end(),
      [&](const Finding& finding) { return finding.rule == &rule; });
}

// An address that runs no DNS answered for the control name: whatever port 53
// is asked, somebody else answers.
bool IsPortLedElsewhere(const Case& set) {
  return std::any_of(
      set.asked.begin(), set.asked.end(), [&](const Asked& asked) {
        return asked.server_kind == ServerKind::kCanary &&
               asked.transport == Transport::kUdp &&
               ControlNameAt(set, asked) == ControlNameFate::kAnswered;
      });
}

// A lie that seems to come from a public resolver is not that resolver's,
// where something shows that another one gave it.
bool WasLedElsewhere(const Subject& subject, const ReplyVerdict& verdict) {
  const Asked& asked = subject.asked;
  if (asked.transport != Transport::kUdp ||
      asked.server_kind != ServerKind::kRecursive) {
    return false;
  }
  return Fired(verdict, kEncryptedTwinDiffers) ||
         IsPortLedElsewhere(subject.set);
}

// A rule proved by the answer itself that it is a forgery.
bool HoldsForgery(const ReplyVerdict& verdict) {
  return std::any_of(verdict.fired.begin(), verdict.fired.end(),
                     [](const Finding& finding) {
                       return finding.rule->strength == Strength::kConfirms;
                     });
}

bool SameAddresses(const Observation& left, const Observation& right) {
  return std::equal(left.addresses.begin(), left.addresses.end(),
                    right.addresses.begin(), right.addresses.end(),
                    [](const AnsweredAddress& a, const AnsweredAddress& b) {
                      return a.address == b.address;
                    });
}

// The server took a forgery for the truth: nothing else was said in its name
// (networks duplicate packets), and nothing on the way to it forges.
bool PassedOn(const Subject& subject) {
  const Asked& asked = subject.asked;
  if (asked.server_kind != ServerKind::kRecursive &&
      asked.server_kind != ServerKind::kSystem) {
    return false;
  }
  return std::all_of(asked.replies.begin(), asked.replies.end(),
                     [&](const Observation& reply) {
                       return reply.fit != Fit::kMatches ||
                              SameAddresses(reply, subject.reply);
                     }) &&
         CanariesStayedSilent(subject.set, asked);
}

// The country that the asked server answers from; empty: not known.
std::string ServerCountry(const Subject& subject) {
  const Asked& asked = subject.asked;
  const Network& network = subject.set.network;
  // The system's own resolver, wherever its address lies, is the network's.
  if (!asked.server) {
    return asked.server_kind == ServerKind::kSystem ? network.country
                                                    : std::string();
  }
  const Reference& reference = *subject.set.reference;
  const auto known = reference.resolver_country.find(asked.server->address);
  if (known != reference.resolver_country.end()) return known->second;
  if (asked.server_kind == ServerKind::kSystem) return network.country;
  const auto origin = reference.origin_as.Find(asked.server->address);
  if (origin && network.asn != 0 && *origin == network.asn) {
    return network.country;
  }
  return CountryIn(reference.countries, asked.server->address);
}

// Whether the query passed the border at which the forgery's injector sits;
// nullopt when the injector, or where either end is, is not known.
std::optional<bool> PassedInjector(const Subject& subject) {
  const std::string injector = Attribute(subject, Sender::kRelay);
  const auto& countries = subject.set.reference->injector_country;
  const auto home = countries.find(injector);
  const std::string server = ServerCountry(subject);
  const std::string_view probe = subject.set.network.country;
  if (home == countries.end() || server.empty() || probe.empty()) return {};
  return (probe == home->second) != (server == home->second);
}

}  // namespace

Mechanism Merge(Mechanism left, Mechanism right) {
  if (left == Mechanism::kNone) return right;
  if (right == Mechanism::kNone) return left;
  // A resolver that others are led to may lie to those who ask it as well.
  const auto rank = [](Mechanism mechanism) {
    const int number = static_cast<int>(mechanism);
    return mechanism == Mechanism::kIntercepted
               ? 2 * static_cast<int>(Mechanism::kResolverLying) - 1
               : 2 * number;
  };
  return rank(right) < rank(left) ? right : left;
}

bool AccusesForger(Class verdict) {
  return verdict == Class::kPoisoned || verdict == Class::kLikelyPoisoned ||
         verdict == Class::kFiltered;
}

bool ShowsInjection(const Case& set,
                    const std::vector<MeasurementVerdict>& verdicts) {
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    if (set.asked[i].role != QuestionRole::kTarget) continue;
    for (const ReplyVerdict& reply : verdicts[i].replies) {
      if (reply.verdict == Class::kPoisoned &&
          SpokenFor(reply) == Mechanism::kOnPathInjection) {
        return true;
      }
    }
  }
  return false;
}

Mechanism Explain(const Subject& subject, const ReplyVerdict& verdict,
                  bool injection_in_set) {
  if (!AccusesForger(verdict.verdict)) return Mechanism::kNone;
  const Mechanism spoken = SpokenFor(verdict);
  if (spoken == Mechanism::kResolverLying &&
      WasLedElsewhere(subject, verdict)) {
    return Mechanism::kIntercepted;
  }
  if (spoken != Mechanism::kNone) return spoken;
  if (!HoldsForgery(verdict)) return Mechanism::kNone;
  const Asked& asked = subject.asked;
  // Nobody on the path can write into a stream, so its other end lied or had
  // been lied to.
  if (asked.transport != Transport::kUdp) return Mechanism::kResolverPoisoned;
  if (asked.server_kind == ServerKind::kCanary &&
      ControlNameAt(subject.set, asked) == ControlNameFate::kAnswered) {
    return Mechanism::kIntercepted;
  }
  if (injection_in_set) return Mechanism::kOnPathInjection;
  if (PassedOn(subject)) return Mechanism::kResolverPoisoned;
  const auto passed = PassedInjector(subject);
  if (!passed) return Mechanism::kNone;
  return *passed ? Mechanism::kOnPathInjection : Mechanism::kResolverPoisoned;
}

}  // namespace taster::judge
