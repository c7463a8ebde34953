// SPDX-License-Identifier: Apache-2.0
// Holds addresses against what forgers are known to answer with.
#include <algorithm>
#include <vector>

#include "collector/judge/agreement.h"
#include "collector/judge/reply_facts.h"
#include "collector/judge/special_purpose.h"
#include "collector/judge/translation.h"
#include "proto/net/ip_prefix.h"

namespace taster::judge {
namespace {

constexpr int kManyForgeries = 3;

bool HoldsFor(const ListedAnswer& answer, const Case& set) {
  if (set.date < answer.since || set.date >= answer.until) return false;
  return answer.countries.empty() ||
         std::find(answer.countries.begin(), answer.countries.end(),
                   set.network.country) != answer.countries.end();
}

const ListedAnswer* Choose(const std::vector<ListedAnswer>& answers,
                           const Case& set, Mechanism mechanism) {
  for (const ListedAnswer& answer : answers) {
    if (answer.mechanism == mechanism && HoldsFor(answer, set)) return &answer;
  }
  return nullptr;
}

// True iff one of the name's controls has an address in the same /16, or /32
// for IPv6.
bool NearControl(const Control& control, const net::IpAddress& address) {
  const net::IpPrefix around{address, address.is_v4() ? 16 : 32};
  return std::any_of(
      control.addresses.begin(), control.addresses.end(),
      [&](const net::IpAddress& seen) { return around.Contains(seen); });
}

// False when the address's owner may well serve this name.
bool IsStrange(const Subject& subject, const net::IpAddress& address) {
  switch (HostingOf(subject, address)) {
    case Hosting::kOwn:
      return false;
    case Hosting::kForeign:
      return true;
    case Hosting::kUnknown:
      break;
  }
  // 240/4, private space and 2001::/96 have no owner.
  if (FindSpecialPurpose(address) != nullptr || kTeredo.Contains(address)) {
    return true;
  }
  // Space that nobody announces serves no name; but without a single known
  // owner on the control's side there may just be no table of prefixes.
  const Control* control = subject.asked.name_control != nullptr
                               ? subject.asked.name_control.get()
                               : subject.asked.control.get();
  return control != nullptr && !control->origin_as.empty() &&
         !NearControl(*control, address);
}

}  // namespace

bool CannotBeGenuine(const Subject& subject, const net::IpAddress& address) {
  if (ControlReturned(subject, address)) return false;
  if (NameControlSpeaks(subject) && IsStrange(subject, address)) return true;
  return NameDrawsForgeries(subject);
}

bool NameDrawsForgeries(const Subject& subject) {
  const NameContext* context = subject.asked.elsewhere.get();
  if (context == nullptr) return false;
  const auto& answers = subject.reply.addresses;
  const DrawnForgery* first = nullptr;
  bool unrelated = false;
  int others = 0;
  for (const DrawnForgery& drawn : context->drawn) {
    const bool own = std::any_of(answers.begin(), answers.end(),
                                 [&](const AnsweredAddress& answer) {
                                   return answer.address == drawn.address;
                                 });
    if (own) continue;
    ++others;
    if (first == nullptr) first = &drawn;
    // Addresses of nobody are not of one owner together.
    unrelated = unrelated || drawn.owner != first->owner ||
                (&drawn != first && drawn.owner == 0);
  }
  return others >= kManyForgeries && unrelated;
}

bool IsForgersAddress(const Subject& subject, const net::IpAddress& address) {
  const AddressFacts* facts = FindFacts(subject, address);
  if (facts != nullptr && !facts->returned) return facts->forgers;
  const Reference& reference = *subject.set.reference;
  return kTeredoWithoutServer.Contains(address) ||
         reference.FindForged(address, subject.set.date) != nullptr ||
         reference.FindLearned(address, subject.set.network.country,
                               subject.set.date) != nullptr;
}

bool IsListed(const Subject& subject, const net::IpAddress& address) {
  const auto& listed = subject.set.reference->listed;
  if (listed.empty()) return false;
  const AddressFacts* facts = FindFacts(subject, address);
  if (facts != nullptr && !facts->returned) return facts->listed;
  const auto found = listed.find(address);
  return found != listed.end() &&
         std::any_of(found->second.begin(), found->second.end(),
                     [&](const ListedAnswer& answer) {
                       return HoldsFor(answer, subject.set);
                     });
}

ListedMatch FindListed(const Subject& subject, Mechanism mechanism) {
  const Reference& reference = *subject.set.reference;
  const ReplyFacts* facts = subject.facts;
  if (facts != nullptr && !facts->address_listed && !facts->alias_listed) {
    return {};
  }
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    const net::IpAddress address = Decoded(subject.set, answer.address);
    const auto found = reference.listed.find(address);
    if (found == reference.listed.end()) continue;
    const auto* chosen = Choose(found->second, subject.set, mechanism);
    if (chosen == nullptr || ControlReturned(subject, answer.address)) continue;
    return {chosen, answer.address.ToString()};
  }
  if (reference.listed_aliases.empty()) return {};
  if (facts != nullptr && !facts->alias_listed) return {};
  for (const dns::Name& alias : subject.reply.aliases) {
    const auto found = reference.listed_aliases.find(alias.ToText());
    if (found == reference.listed_aliases.end()) continue;
    const auto* chosen = Choose(found->second, subject.set, mechanism);
    if (chosen != nullptr) return {chosen, found->first};
  }
  return {};
}

}  // namespace taster::judge
