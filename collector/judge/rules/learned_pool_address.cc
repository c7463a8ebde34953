// SPDX-License-Identifier: Apache-2.0
// learned_pool_address: an address that unrelated names of the same network
// share with one another, and no control with any of them.
#include "collector/judge/agreement.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/translation.h"

namespace taster::judge {
namespace {

bool Applies(const Subject& subject) {
  return !subject.set.reference->learned.empty() &&
         !subject.reply.addresses.empty();
}

std::optional<Evidence> Examine(const Subject& subject) {
  const Reference& reference = *subject.set.reference;
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    const net::IpAddress address = Decoded(subject.set, answer.address);
    const LearnedAddress* member = reference.FindLearned(
        address, subject.set.network.country, subject.set.date);
    if (member == nullptr || !CannotBeGenuine(subject, address)) continue;
    return Evidence{answer.address.ToString(),
                    "Drawn by " + std::to_string(member->names) +
                        " unrelated names in this network, each of which "
                        "draws others of " +
                        member->pool + "; no control saw it for this name."};
  }
  return {};
}

}  // namespace

constinit const Rule kLearnedPoolAddress{
    .id = "learned_pool_address",
    .summary =
        "An address out of a pool that unrelated names of one network draw "
        "from, and no control for any of them, was forged.",
    .citation =
        "Niaki et al., ICLab, IEEE S&P 2020: one address for "
        "names of many owners (https://arxiv.org/abs/1907.04245); that forged "
        "addresses form pools: Hoang et al., USENIX Security 2021, section 5 "
        "(https://arxiv.org/abs/2106.02167)",
    .strength = Strength::kConfirms,
    .kind = Kind::kCrossName,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
