// SPDX-License-Identifier: Apache-2.0
// shared_filter_answer: one address for unrelated names that the network's own
// forger leaves alone.
#include "collector/judge/agreement.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/translation.h"

namespace taster::judge {
namespace {

// A content network's instance inside a provider's network may stand for a few
// names of customers that have several such networks.
constexpr std::uint32_t kManyNames = 5;

bool Applies(const Subject& subject) {
  const Reference& reference = *subject.set.reference;
  return !reference.shared.empty() &&
         reference.pooled_countries.contains(subject.set.network.country) &&
         !subject.reply.addresses.empty() && NameControlSpeaks(subject);
}

std::optional<Evidence> Examine(const Subject& subject) {
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    const net::IpAddress address = Decoded(subject.set, answer.address);
    const SharedAddress* shared =
        subject.set.reference->FindShared(address, subject.set.network.country);
    if (shared == nullptr || shared->names < kManyNames) continue;
    if (ControlReturned(subject, address)) continue;
    if (HostingOf(subject, address) != Hosting::kForeign) continue;
    if (2 * shared->forged >= shared->names) continue;
    return Evidence{answer.address.ToString(),
                    "Drawn by " + std::to_string(shared->names) +
                        " names of unrelated owners in this network; no "
                        "control saw it for any."};
  }
  return {};
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
