// SPDX-License-Identifier: Apache-2.0
// nxdomain_rewrite_answer: an advertising page in place of NXDOMAIN.
#include "collector/judge/agreement.h"
#include "collector/judge/rules/rules.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  return !subject.reply.addresses.empty() && subject.asked.control != nullptr &&
         subject.asked.control->saw_nxdomain &&
         subject.asked.control->addresses.empty();
}

std::optional<Evidence> Examine(const Subject& subject) {
  const ListedMatch match = FindListed(subject, Mechanism::kNxdomainRewritten);
  if (match.answer == nullptr) return {};
  return Evidence{match.subject, "Given for names that do not exist: " +
                                     match.answer->list + "."};
}

}  // namespace

constinit const Rule kNxdomainRewriteAnswer{
    .id = "nxdomain_rewrite_answer",
    .summary =
        "For a name that does not exist, an address that an operator is known "
        "to give instead.",
    .citation =
        "Weaver et al., Redirecting DNS for Ads and Profit, FOCI 2011 "
        "(https://www.usenix.org/conference/foci11/"
        "redirecting-dns-ads-and-profit); rows in schema/seed, each with its "
        "source",
    .strength = Strength::kSuggests,
    .kind = Kind::kList,
    .mechanism = Mechanism::kNxdomainRewritten,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
