// SPDX-License-Identifier: Apache-2.0
// safe_search_answer: the restricted twin of a search engine.
#include "collector/judge/agreement.h"
#include "collector/judge/rules/rules.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  return !subject.reply.addresses.empty() || !subject.reply.aliases.empty();
}

std::optional<Evidence> Examine(const Subject& subject) {
  const ListedMatch match = FindListed(subject, Mechanism::kSafeSearch);
  if (match.answer == nullptr) return {};
  return Evidence{match.subject, "The restricted twin of the service: " +
                                     match.answer->list + "."};
}

}  // namespace

constinit const Rule kSafeSearchAnswer{
    .id = "safe_search_answer",
    .summary =
        "An address that forces a restricted search was put in by the network.",
    .citation =
        "Google, Lock SafeSearch for accounts, devices and networks "
        "(https://support.google.com/websearch/answer/186669); rows in "
        "schema/seed, each with its source",
    .strength = Strength::kSuggests,
    .kind = Kind::kList,
    .mechanism = Mechanism::kSafeSearch,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
