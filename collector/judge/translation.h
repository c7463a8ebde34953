// SPDX-License-Identifier: Apache-2.0
// IPv4 addresses inside IPv6 ones, as translators write them (RFC 6052).
#pragma once

#include "collector/judge/case.h"
#include "proto/net/ip_address.h"

namespace taster::judge {

// The IPv4 address inside ::ffff:0:0/96, 64:ff9b::/96 or the prefix of the
// set's own network; else the address itself.
net::IpAddress Decoded(const Case& set, const net::IpAddress& address);

// True iff a DNS64 may have made the address: 64:ff9b::/96, 64:ff9b:1::/48
// (RFC 8215), or the prefix of the set's own network.
bool IsTranslated(const Case& set, const net::IpAddress& address);

}  // namespace taster::judge
