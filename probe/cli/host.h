// SPDX-License-Identifier: Apache-2.0
// What this machine tells of itself: its resolvers and its addresses.
#pragma once

#include <string_view>
#include <vector>

#include "proto/net/endpoint.h"

namespace taster::cli {

// The name servers in text of the form of resolv.conf(5): at most three, as
// the C library uses them; entries with a zone are left out.
std::vector<net::Endpoint> ParseResolvConf(std::string_view text);

// Those of /etc/resolv.conf; empty when it names none.
std::vector<net::Endpoint> SystemServers();

// Addresses of this machine's interfaces that the whole Internet can tell
// apart: no private or reserved ones. Opens no connection.
std::vector<net::IpAddress> OwnPublicAddresses();

}  // namespace taster::cli
