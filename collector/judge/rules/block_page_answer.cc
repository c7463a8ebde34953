// SPDX-License-Identifier: Apache-2.0
// block_page_answer: an address or alias that leads to a block page.
#include "collector/judge/agreement.h"
#include "collector/judge/rules/rules.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  return !subject.reply.addresses.empty() || !subject.reply.aliases.empty();
}

std::optional<Evidence> Examine(const Subject& subject) {
  const ListedMatch match = FindListed(subject, Mechanism::kResolverLying);
  if (match.answer == nullptr) return {};
  return Evidence{match.subject,
                  "Known as a block page: " + match.answer->list + "."};
}

}  // namespace

constinit const Rule kBlockPageAnswer{
    .id = "block_page_answer",
    .summary =
        "An answer that leads to a known block page was put there by who runs "
        "the resolver.",
    .citation =
        "OONI blocking-fingerprints, fingerprints_dns.csv "
        "(https://github.com/ooni/blocking-fingerprints); rows in schema/seed, "
        "each with its source",
    .strength = Strength::kSuggests,
    .kind = Kind::kList,
    .mechanism = Mechanism::kResolverLying,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
