// SPDX-License-Identifier: Apache-2.0
// conflicting_replies: one query drew replies that contradict each other, and
// this is one that the control contradicts too.
#include <algorithm>

#include "collector/judge/agreement.h"
#include "collector/judge/own_filter.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/special_purpose.h"
#include "collector/judge/translation.h"
#include "proto/dns/constants.h"

namespace taster::judge {
namespace {

template <typename Range, typename Key>
bool SameMembers(const Range& left, const Range& right, Key key) {
  const auto holds_all = [&](const Range& outer, const Range& inner) {
    return std::all_of(inner.begin(), inner.end(), [&](const auto& sought) {
      return std::any_of(outer.begin(), outer.end(), [&](const auto& member) {
        return key(member) == key(sought);
      });
    });
  };
  return holds_all(left, right) && holds_all(right, left);
}

// A retransmission, or the same RRset in another order.
bool SameContent(const Observation& left, const Observation& right) {
  return left.rcode == right.rcode &&
         SameMembers(
             left.addresses, right.addresses,
             [](const AnsweredAddress& answer) -> const net::IpAddress& {
               return answer.address;
             }) &&
         SameMembers(
             left.aliases, right.aliases,
             [](const dns::Name& name) -> const dns::Name& { return name; });
}

// Two replies of one resolver to one query leave it with the same header
// facts; a forged one that stands beside a true one seldom matches them all.
bool SentDifferently(const Observation& left, const Observation& right) {
  constexpr std::uint16_t kCompared =
      dns::kFlagAa | dns::kFlagRd | dns::kFlagRa;
  if (left.Has(dns::kFlagQr) && right.Has(dns::kFlagQr)) {
    if ((left.flags & kCompared) != (right.flags & kCompared)) return true;
    if (left.has_opt != right.has_opt) return true;
  }
  if (left.dont_fragment && right.dont_fragment &&
      left.dont_fragment != right.dont_fragment) {
    return true;
  }
  // Routes shift by a hop (Duan et al., Hold-On, SATIN 2012).
  return left.ip_ttl && right.ip_ttl &&
         (*left.ip_ttl > *right.ip_ttl + 1 || *right.ip_ttl > *left.ip_ttl + 1);
}

// A reply beside the subject's that says exactly what controls saw; nullptr
// if there is none.
const Observation* GenuineBeside(const Subject& subject) {
  for (const Observation& other : subject.asked.replies) {
    if (&other == &subject.reply || other.fit != Fit::kMatches) continue;
    if (AgreementOf(subject, other) == Agreement::kExact) return &other;
  }
  return nullptr;
}

// True iff the address's owner serves nothing that controls saw of this name.
// Where controls saw no address at all, owners cannot differ.
bool IsForeign(const Subject& subject, const net::IpAddress& address) {
  return !subject.asked.control->addresses.empty() &&
         HostingOf(subject, address) == Hosting::kForeign;
}

// What a genuine reply beside it says against an address that no control saw
// and that has no foreign owner for certain.
bool IsContradictedBy(const Observation& genuine, const Subject& subject,
                      const net::IpAddress& address) {
  const Hosting hosting = HostingOf(subject, address);
  if (hosting == Hosting::kForeign) return true;
  const net::IpAddress decoded = Decoded(subject.set, address);
  if (FindSpecialPurpose(decoded) != nullptr) return true;
  if (!subject.set.reference->FindForged(decoded, subject.set.date)) {
    return false;
  }
  // The pools hold live hosts of their owners: two true answers for a name of
  // such an owner come from the same sender.
  return hosting == Hosting::kUnknown ||
         SentDifferently(subject.reply, genuine);
}

bool IsContradicted(const Subject& subject) {
  const auto& answers = subject.reply.addresses;
  const auto returned = [&](const AnsweredAddress& answer) {
    return ControlReturned(subject, answer.address);
  };
  const auto foreign = [&](const AnsweredAddress& answer) {
    return IsForeign(subject, answer.address);
  };
  if (std::any_of(answers.begin(), answers.end(), returned)) return false;
  if (std::all_of(answers.begin(), answers.end(), foreign)) return true;
  const Observation* genuine = GenuineBeside(subject);
  return genuine != nullptr &&
         std::all_of(answers.begin(), answers.end(),
                     [&](const AnsweredAddress& answer) {
                       return IsContradictedBy(*genuine, subject,
                                               answer.address);
                     });
}

// A control that saw forgers' addresses alone may have been lied to itself: it
// cannot say which of two replies is the forged one.
bool MayBeLiedTo(const Subject& subject) {
  const auto& seen = subject.asked.control->addresses;
  return !seen.empty() &&
         std::all_of(seen.begin(), seen.end(),
                     [&](const net::IpAddress& address) {
                       return IsForgersAddress(subject, address);
                     });
}

// Error codes and empty answers come from overload and from staged roll-outs
// too; a denial of the name does not.
bool IsDenialContradicted(const Subject& subject) {
  const Control& control = *subject.asked.control;
  return subject.reply.rcode == dns::kRcodeNxDomain && !control.saw_nxdomain &&
         !control.addresses.empty() && GenuineBeside(subject) != nullptr;
}

bool Applies(const Subject& subject) {
  const Asked& asked = subject.asked;
  // Nobody on the path can write into an encrypted stream.
  if (asked.transport != Transport::kUdp &&
      asked.transport != Transport::kTcp) {
    return false;
  }
  const auto matching = std::count_if(
      asked.replies.begin(), asked.replies.end(),
      [](const Observation& reply) { return reply.fit == Fit::kMatches; });
  return matching >= 2 && ControlSpeaks(asked);
}

std::optional<Evidence> Examine(const Subject& subject) {
  const Observation& reply = subject.reply;
  const bool alone = std::none_of(
      subject.asked.replies.begin(), subject.asked.replies.end(),
      [&](const Observation& other) {
        return other.fit == Fit::kMatches && !SameContent(other, reply);
      });
  if (alone || MayBeLiedTo(subject)) return {};
  if (reply.addresses.empty()) {
    if (!IsDenialContradicted(subject)) return {};
    return Evidence{"NXDOMAIN",
                    "Another reply to the same query has the addresses that "
                    "controls saw."};
  }
  if (!IsContradicted(subject)) return {};
  // A firewall on the way, by its own page.
  if (NamesFilter(subject)) return {};
  return Evidence{reply.addresses.front().address.ToString(),
                  "Differs from another reply to the same query and from "
                  "what controls saw."};
}

}  // namespace

constinit const Rule kConflictingReplies{
    .id = "conflicting_replies",
    .summary =
        "Of several differing replies to one query, one that controls "
        "contradict was injected.",
    .citation =
        "Duan et al., Hold-On: Protecting Against On-Path DNS Poisoning, SATIN "
        "2012 (https://www.icsi.berkeley.edu/icsi/node/5063)",
    .strength = Strength::kConfirms,
    .kind = Kind::kWire,
    .mechanism = Mechanism::kOnPathInjection,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
