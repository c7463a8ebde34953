// SPDX-License-Identifier: Apache-2.0
// null_answer_censored_name: nobody's address, for a name that is forged in the
// same network.
#include "collector/judge/agreement.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/special_purpose.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  return !subject.reply.addresses.empty() && NameDrawsForgeries(subject);
}

std::optional<Evidence> Examine(const Subject& subject) {
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    if (!IsNull(answer.address)) continue;
    if (ControlReturned(subject, answer.address)) continue;
    return Evidence{answer.address.ToString(),
                    "The null address, for a name that draws forgeries in this "
                    "network: the resolver obeys the same list."};
  }
  return {};
}

}  // namespace

constinit const Rule kNullAnswerCensoredName{
    .id = "null_answer_censored_name",
    .summary =
        "The null address for a name that the network forges is a resolver "
        "that follows the censor.",
    .citation =
        "RFC 1122 section 3.2.1.3: 0.0.0.0 is no destination; two forgers at "
        "once: Anonymous et al., Triplet Censors, FOCI 2020 "
        "(https://gfw.report/publications/foci20_dns/en/)",
    .strength = Strength::kSuggests,
    .kind = Kind::kWire,
    .mechanism = Mechanism::kResolverLying,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
