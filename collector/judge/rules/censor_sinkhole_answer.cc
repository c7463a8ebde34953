// SPDX-License-Identifier: Apache-2.0
// censor_sinkhole_answer: the address that a state's injector puts in.
#include "collector/judge/agreement.h"
#include "collector/judge/rules/rules.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  return !subject.reply.addresses.empty() || !subject.reply.aliases.empty();
}

std::optional<Evidence> Examine(const Subject& subject) {
  const ListedMatch match = FindListed(subject, Mechanism::kOnPathInjection);
  if (match.answer == nullptr) return {};
  return Evidence{match.subject, "Answered by the injector of this country: " +
                                     match.answer->list + "."};
}

}  // namespace

constinit const Rule kCensorSinkholeAnswer{
    .id = "censor_sinkhole_answer",
    .summary =
        "An address that an injector of the network's own country is known to "
        "answer with was injected.",
    .citation =
        "Aryan et al., Internet Censorship in Iran, FOCI 2013, section 4.1 "
        "(https://www.usenix.org/conference/foci13/workshop-program/"
        "presentation/aryan); rows in schema/seed, each with its source",
    .strength = Strength::kConfirms,
    .kind = Kind::kList,
    .mechanism = Mechanism::kOnPathInjection,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
