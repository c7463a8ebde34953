// SPDX-License-Identifier: Apache-2.0
// forged_pool_address_alone: an address that an injector is known to hand out,
// for a name of which no control has said anything.
#include "collector/judge/agreement.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/translation.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  return !subject.reply.addresses.empty() && !NameControlSpeaks(subject) &&
         !NameDrawsForgeries(subject);
}

std::optional<Evidence> Examine(const Subject& subject) {
  const Reference& reference = *subject.set.reference;
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    const ForgedAddress* member = reference.FindForged(
        Decoded(subject.set, answer.address), subject.set.date);
    if (member == nullptr) continue;
    return Evidence{answer.address.ToString(),
                    "Belongs to the forged pool " + member->pool +
                        "; no control was asked for this name, so it may be "
                        "its owner's own."};
  }
  return {};
}

}  // namespace

constinit const Rule kForgedPoolAddressAlone{
    .id = "forged_pool_address_alone",
    .summary =
        "An address of a known forged pool was forged, or the name is its "
        "owner's.",
    .citation =
        "Hoang et al., USENIX Security 2021, section 5.1 "
        "(https://arxiv.org/abs/2106.02167); pools in schema/seed, each with "
        "its source",
    .strength = Strength::kSuggests,
    .kind = Kind::kList,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
