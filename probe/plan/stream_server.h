// SPDX-License-Identifier: Apache-2.0
// How an operator writes a resolver that is asked over connections.
#pragma once

#include <optional>
#include <string_view>

#include "probe/plan/plan_options.h"

namespace taster::plan {

// "tcp://8.8.8.8", "tls://8.8.8.8#dns.google", "tls://[2001:db8::1]:8853",
// "https://8.8.8.8/dns-query#dns.google": transport, address, port where it is
// not the transport's own, path of DoH, and behind '#' the name that the
// certificate must be valid for (without it: the address). The address is
// written, so that nothing need be looked up. nullopt for anything else.
std::optional<StreamServer> ParseStreamServer(std::string_view text);

// 53, 853 or 443: RFC 7766, RFC 7858 section 3.1, RFC 8484 section 8.
std::uint16_t PortOf(capture::Transport transport);

}  // namespace taster::plan
