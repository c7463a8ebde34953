// SPDX-License-Identifier: Apache-2.0
// filter_answer: the address by which a security product or family filter
// refuses a name.
#include "collector/judge/agreement.h"
#include "collector/judge/rules/rules.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  return !subject.reply.addresses.empty() || !subject.reply.aliases.empty();
}

std::optional<Evidence> Examine(const Subject& subject) {
  const ListedMatch match = FindListed(subject, Mechanism::kSecurityProduct);
  if (match.answer == nullptr) return {};
  return Evidence{
      match.subject,
      "Answered by a filter that its users or their operator chose: " +
          match.answer->list + "."};
}

}  // namespace

constinit const Rule kFilterAnswer{
    .id = "filter_answer",
    .summary =
        "An address that a filtering product answers with is that product's "
        "refusal.",
    .citation =
        "OONI blocking-fingerprints, scope prod "
        "(https://github.com/ooni/blocking-fingerprints); rows in schema/seed, "
        "each with its source",
    .strength = Strength::kSuggests,
    .kind = Kind::kList,
    .mechanism = Mechanism::kSecurityProduct,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
