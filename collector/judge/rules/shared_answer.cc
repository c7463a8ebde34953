// SPDX-License-Identifier: Apache-2.0
// shared_answer: one address for unrelated names, by the hand that forges them
// there anyway, or that is the only one to forge there.
#include "collector/judge/agreement.h"
#include "collector/judge/own_filter.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/translation.h"

namespace taster::judge {
namespace {

// A content network's instance inside a provider's network may stand for a few
// names of customers that have several such networks.
constexpr std::uint32_t kManyNames = 5;

bool Applies(const Subject& subject) {
  return !subject.set.reference->shared.empty() &&
         !subject.reply.addresses.empty() && NameControlSpeaks(subject);
}

std::optional<Evidence> Examine(const Subject& subject) {
  // Many names are what a product refuses; it is known by its address.
  if (NamesFilter(subject)) return {};
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    const net::IpAddress address = Decoded(subject.set, answer.address);
    const SharedAddress* shared =
        subject.set.reference->FindShared(address, subject.set.network.country);
    if (shared == nullptr || shared->names < kManyNames) continue;
    if (ControlReturned(subject, address)) continue;
    if (HostingOf(subject, address) != Hosting::kForeign) continue;
    // Where pools are drawn from, what the state forges is forged by them too.
    const bool pooled = subject.set.reference->pooled_countries.contains(
        subject.set.network.country);
    if (pooled && 2 * shared->forged < shared->names) continue;
    return Evidence{answer.address.ToString(),
                    "Drawn by " + std::to_string(shared->names) +
                        " names of unrelated owners in this network; no "
                        "control saw it for any."};
  }
  return {};
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
