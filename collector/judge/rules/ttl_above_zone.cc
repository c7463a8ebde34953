// SPDX-License-Identifier: Apache-2.0
// ttl_above_zone: a record that would outlive what its zone gave it.
#include "collector/judge/agreement.h"
#include "collector/judge/own_filter.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/translation.h"

namespace taster::judge {
namespace {

// Caches count down; only an authority starts. A provider's own resolver may
// serve a content network's instance of its own, with its own TTL.
bool Applies(const Subject& subject) {
  const Asked& asked = subject.asked;
  return asked.control != nullptr && asked.control->highest_ttl &&
         !subject.reply.addresses.empty() &&
         asked.server_kind == ServerKind::kRecursive;
}

// Some resolvers raise short TTLs of true records too.
bool MayBeGenuine(const Subject& subject, const net::IpAddress& address) {
  if (ControlReturned(subject, address)) return true;
  return HostingOf(subject, address) == Hosting::kOwn &&
         !IsForgersAddress(subject, Decoded(subject.set, address));
}

std::optional<Evidence> Examine(const Subject& subject) {
  const std::uint32_t highest = *subject.asked.control->highest_ttl;
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    if (answer.rr_ttl <= highest || MayBeGenuine(subject, answer.address)) {
      continue;
    }
    // They give their own.
    if (IsOwnFilters(subject)) return {};
    return Evidence{answer.address.ToString(),
                    "Its TTL of " + std::to_string(answer.rr_ttl) +
                        " s is above the " + std::to_string(highest) +
                        " s that controls saw at most; none saw the address."};
  }
  return {};
}

}  // namespace

constinit const Rule kTtlAboveZone{
    .id = "ttl_above_zone",
    .summary =
        "A TTL above the zone's, on an address that no control saw, did not "
        "come from the zone.",
    .citation =
        "RFC 2181 section 8: a TTL is the most that a record may live; RFC "
        "1035 section 3.2.1",
    .strength = Strength::kSuggests,
    .kind = Kind::kControl,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
