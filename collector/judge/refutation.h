// SPDX-License-Identifier: Apache-2.0
// When controls contradict a reply so clearly that a rule may build on it.
#pragma once

#include "collector/judge/case.h"
#include "proto/net/ip_address.h"

namespace taster::judge {

// True iff no control saw the address for the subject's name and it is known
// not to be where the name is served from: another AS than any control's,
// space that has no owner, or a forger's address that cannot be genuine. An AS
// that is not known does not refute.
bool IsRefuted(const Subject& subject, const net::IpAddress& address);

// True iff the subject's reply has addresses and every one is refuted.
bool AreAddressesRefuted(const Subject& subject);

// True iff the subject's reply denies the name (NXDOMAIN) though controls saw
// addresses of it and never a denial. An alias's target that is gone is not
// the name itself (RFC 6604 section 3).
bool IsDenialRefuted(const Subject& subject);

}  // namespace taster::judge
