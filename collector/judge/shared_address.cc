// SPDX-License-Identifier: Apache-2.0
#include "collector/judge/shared_address.h"

#include "collector/judge/agreement.h"
#include "collector/judge/translation.h"

namespace taster::judge {
namespace {

// A content network's instance inside a provider's network may stand for a few
// names of customers that have several such networks.
constexpr std::uint32_t kManyNames = 5;

}  // namespace

SharedMatch FindForeignShared(const Subject& subject) {
  const Reference& reference = *subject.set.reference;
  if (reference.shared.empty()) return {};
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    const net::IpAddress address = Decoded(subject.set, answer.address);
    const SharedAddress* shared =
        reference.FindShared(address, subject.set.network.country);
    if (shared == nullptr || shared->names < kManyNames) continue;
    if (ControlReturned(subject, address)) continue;
    if (HostingOf(subject, address) != Hosting::kForeign) continue;
    return {shared, answer.address};
  }
  return {};
}

bool IsLeftAlone(const Subject& subject, const SharedAddress& shared) {
  return subject.set.reference->pooled_countries.contains(
             subject.set.network.country) &&
         2 * shared.forged < shared.names;
}

std::string ReasonFor(const SharedAddress& shared) {
  return "Drawn by " + std::to_string(shared.names) +
         " names of unrelated owners in this network; no control saw it for "
         "any.";
}

}  // namespace taster::judge
