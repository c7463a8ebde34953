// SPDX-License-Identifier: Apache-2.0
// Which addresses a probe may send queries to.
#pragma once

#include "proto/net/ip_address.h"

namespace taster::plan {

// Private, loopback, link-local, multicast, documentation, or an IPv6 address
// that hides an IPv4 one: nobody's public server. RFC 6890 and its registry.
bool IsReserved(const net::IpAddress& address);

// In the compiled list of public resolvers that volunteers may ask.
bool IsPublicResolver(const net::IpAddress& address);

}  // namespace taster::plan
