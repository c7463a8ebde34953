// SPDX-License-Identifier: Apache-2.0
// forged_pool_address: an address that an injector is known to hand out, for a
// name that is not its owner's.
#include <algorithm>

#include "collector/judge/agreement.h"
#include "collector/judge/rules/rules.h"
#include "collector/judge/special_purpose.h"
#include "proto/net/ip_prefix.h"

namespace taster::judge {
namespace {

// True iff a control's address lies in the same /16, or /32 for IPv6.
bool NearControl(const Control& control, const net::IpAddress& address) {
  const net::IpPrefix around{address, address.is_v4() ? 16 : 32};
  return std::any_of(
      control.addresses.begin(), control.addresses.end(),
      [&](const net::IpAddress& seen) { return around.Contains(seen); });
}

// False when the address's owner may well serve this name: the pools hold
// live hosts, of Meta above all.
bool IsStrange(const Subject& subject, const net::IpAddress& address) {
  switch (HostingOf(subject, address)) {
    case Hosting::kOwn:
      return false;
    case Hosting::kForeign:
      return true;
    case Hosting::kUnknown:
      break;
  }
  // 240/4, private space and 2001::/96 have no owner.
  constexpr net::IpPrefix kTeredo{net::IpAddress::FromV6({0x20, 0x01}), 32};
  if (FindSpecialPurpose(address) != nullptr || kTeredo.Contains(address)) {
    return true;
  }
  // Space that nobody announces serves no name; but without a single known
  // owner on the control's side there may just be no table of prefixes.
  const Control& control = *subject.asked.control;
  return !control.origin_as.empty() && !NearControl(control, address);
}

bool Applies(const Subject& subject) {
  return !subject.reply.addresses.empty() && ControlSpeaks(subject.asked);
}

std::string ReasonFor(const ForgedAddress& member) {
  std::string reason;
  reason.reserve(96);
  reason += "Belongs to the forged pool ";
  reason += member.pool;
  reason += "; no control saw it for this name of other owners.";
  return reason;
}

std::optional<Evidence> Examine(const Subject& subject) {
  const Reference& reference = *subject.set.reference;
  for (const AnsweredAddress& answer : subject.reply.addresses) {
    const net::IpAddress address = answer.address.Unmapped();
    const ForgedAddress* member =
        reference.FindForged(address, subject.set.date);
    if (member == nullptr || ControlReturned(subject, address)) continue;
    if (!IsStrange(subject, address)) continue;
    return Evidence{answer.address.ToString(), ReasonFor(*member)};
  }
  return {};
}

}  // namespace

constinit const Rule kForgedPoolAddress{
    .id = "forged_pool_address",
    .summary =
        "An address of a known forged pool, for a name that is not its "
        "owner's, was forged.",
    .citation =
        "Hoang et al., USENIX Security 2021, section 5.1 "
        "(https://arxiv.org/abs/2106.02167); pools in schema/seed, each with "
        "its source",
    .strength = Strength::kConfirms,
    .kind = Kind::kList,
    .applies = Applies,
    .examine = Examine,
};

}  // namespace taster::judge
