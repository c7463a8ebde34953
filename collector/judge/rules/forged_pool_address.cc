// SPDX-License-Identifier: Apache-2.0
// forged_pool_address: an address that an injector is known to hand out, for a
// name that is not its owner's.
#include "collector/judge/agreement.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/translation.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  return !subject.reply.addresses.empty() &&
         (NameControlSpeaks(subject) || subject.asked.elsewhere != nullptr);
}

std::string ReasonFor(const ForgedAddress& member) {
  std::string reason;
  reason.reserve(96);
  reason += "Belongs to the forged pool ";
  reason += member.pool;
  reason += "; no control saw it for this name of other owners.";
  return reason;
}

std::optional<Evidence> Examine(const Subject& subject) {
  const Reference& reference = *subject.set.reference;
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    if (ControlReturned(subject, answer.address)) continue;
    const net::IpAddress address = Decoded(subject.set, answer.address);
    if (!IsForgersAddress(subject, address)) continue;
    const ForgedAddress* member =
        reference.FindForged(address, subject.set.date);
    if (member == nullptr || !CannotBeGenuine(subject, address)) continue;
    return Evidence{answer.address.ToString(), ReasonFor(*member)};
  }
  return {};
}

}  // namespace

constinit const Rule kForgedPoolAddress{
    .id = "forged_pool_address",
    .summary =
        "An address of a known forged pool, for a name that is not its "
        "owner's, was forged.",
    .citation =
        "Hoang et al., USENIX Security 2021, section 5.1 "
        "(https://arxiv.org/abs/2106.02167); pools in schema/seed, each with "
        "its source",
    .strength = Strength::kConfirms,
    .kind = Kind::kList,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
