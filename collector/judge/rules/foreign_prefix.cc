// SPDX-License-Identifier: Apache-2.0
// foreign_prefix: nowhere near the addresses that controls saw.
#include <algorithm>

#include "collector/judge/agreement.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/translation.h"
#include "proto/net/ip_prefix.h"

namespace taster::judge {
namespace {

const Control* ControlOf(const Subject& subject) {
  return subject.asked.name_control != nullptr
             ? subject.asked.name_control.get()
             : subject.asked.control.get();
}

bool Applies(const Subject& subject) {
  const Control* control = ControlOf(subject);
  return control != nullptr && !control->addresses.empty() &&
         !subject.reply.addresses.empty();
}

// True iff controls saw addresses of its family, and none within the same /16,
// or /32 of IPv6.
bool IsFar(const Control& control, const net::IpAddress& address) {
  const net::IpPrefix around{address, address.is_v4() ? 16 : 32};
  bool comparable = false;
  for (const net::IpAddress& seen : control.addresses) {
    if (seen.family() != address.family()) continue;
    if (around.Contains(seen)) return false;
    comparable = true;
  }
  return comparable;
}

std::optional<Evidence> Examine(const Subject& subject) {
  const Control& control = *ControlOf(subject);
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    const net::IpAddress address = Decoded(subject.set, answer.address);
    if (!IsFar(control, address)) continue;
    // Owners have many prefixes; a forger's address in one of them is another
    // matter.
    if (HostingOf(subject, address) == Hosting::kOwn &&
        !IsForgersAddress(subject, address)) {
      continue;
    }
    return Evidence{answer.address.ToString(),
                    "Shares no /16, or /32 of IPv6, with any address that "
                    "controls saw."};
  }
  return {};
}

}  // namespace

constinit const Rule kForeignPrefix{
    .id = "foreign_prefix",
    .summary =
        "An address far from all that controls saw is worth asking for again.",
    .citation =
        "Pearce et al., Global Measurement of DNS Manipulation, USENIX "
        "Security 2017, consistency metrics "
        "(https://www.usenix.org/conference/usenixsecurity17/"
        "technical-sessions/presentation/pearce)",
    .strength = Strength::kRanks,
    .kind = Kind::kControl,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
