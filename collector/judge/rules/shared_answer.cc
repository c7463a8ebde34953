// SPDX-License-Identifier: Apache-2.0
// shared_answer: one address for unrelated names, by the hand that forges them
// there anyway, or that is the only one to forge there.
#include "collector/judge/agreement.h"
#include "collector/judge/own_filter.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/shared_address.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  return !subject.set.reference->shared.empty() &&
         !subject.reply.addresses.empty() && NameControlSpeaks(subject);
}

std::optional<Evidence> Examine(const Subject& subject) {
  // Many names are what a product refuses; it is known by its address.
  if (NamesFilter(subject)) return {};
  const SharedMatch match = FindForeignShared(subject);
  if (match.shared == nullptr || IsLeftAlone(subject, *match.shared)) return {};
  return Evidence{match.address.ToString(), ReasonFor(*match.shared)};
}

}  // namespace

constinit const Rule kSharedAnswer{
    .id = "shared_answer",
    .summary =
        "One address for many names of unrelated owners is a lie of the "
        "resolver, unless the network's own forger leaves those names alone.",
    .citation =
        "Niaki et al., ICLab, IEEE S&P 2020: one address for names of many "
        "owners (https://arxiv.org/abs/1907.04245)",
    .strength = Strength::kSuggests,
    .kind = Kind::kCrossName,
    .mechanism = Mechanism::kResolverLying,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
