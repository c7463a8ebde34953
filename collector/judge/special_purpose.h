// SPDX-License-Identifier: Apache-2.0
// Address blocks that no public site is served from.
#pragma once

#include <string_view>

#include "proto/net/ip_address.h"
#include "proto/net/ip_prefix.h"

namespace taster::judge {

struct SpecialPurpose {
  net::IpPrefix prefix;
  std::string_view name;  // As the IANA registry calls it.
};

// RFC 4380 section 2.6: Teredo's. The 32 bits behind it are the Teredo server's
// IPv4 address (section 4), so the first /96 of it names a server at 0.0.0.0:
// no Teredo address lies there, but forged ones do.
inline constexpr net::IpPrefix kTeredo{net::IpAddress::FromV6({0x20, 0x01}),
                                       32};
inline constexpr net::IpPrefix kTeredoWithoutServer{
    net::IpAddress::FromV6({0x20, 0x01}), 96};

// The block that holds `address`, decoded by the caller; nullptr if none.
// Teredo, 6to4 and the translation prefix 64:ff9b:1::/48 are not among them:
// each can hold a true answer.
const SpecialPurpose* FindSpecialPurpose(const net::IpAddress& address);

// 0.0.0.0, ::, or the former mapped into IPv6: nobody's address, by which
// filters refuse a name.
bool IsNull(const net::IpAddress& address);

}  // namespace taster::judge
