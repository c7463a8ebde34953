// SPDX-License-Identifier: Apache-2.0
// shared_filter_answer: one address for unrelated names that the network's own
// forger leaves alone.
#include "collector/judge/agreement.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/shared_address.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  const Reference& reference = *subject.set.reference;
  return !reference.shared.empty() &&
         reference.pooled_countries.contains(subject.set.network.country) &&
         !subject.reply.addresses.empty() && NameControlSpeaks(subject);
}

std::optional<Evidence> Examine(const Subject& subject) {
  const SharedMatch match = FindForeignShared(subject);
  if (match.shared == nullptr || !IsLeftAlone(subject, *match.shared)) {
    return {};
  }
  return Evidence{match.address.ToString(), ReasonFor(*match.shared)};
}

}  // namespace

constinit const Rule kSharedFilterAnswer{
    .id = "shared_filter_answer",
    .summary =
        "One address for many names of unrelated owners, which the network's "
        "own forger leaves alone, is a filter's page.",
    .citation =
        "Niaki et al., ICLab, IEEE S&P 2020: one address for names of many "
        "owners (https://arxiv.org/abs/1907.04245)",
    .strength = Strength::kSuggests,
    .kind = Kind::kCrossName,
    .mechanism = Mechanism::kSecurityProduct,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
