// SPDX-License-Identifier: Apache-2.0
// The only place that sees where a batch came from.
#pragma once

#include <grpcpp/grpcpp.h>

#include <optional>
#include <string_view>

#include "proto/net/ip_address.h"

namespace taster::ingest {

// The peer's address, to be held against the evidence and then dropped: it is
// never stored and never logged. nullopt for a Unix socket or an odd form.
std::optional<net::IpAddress> PeerAddress(
    const grpc::CallbackServerContext& context);

// "ipv4:192.0.2.1:4711" or "ipv6:%5B2001:db8::1%5D:4711", as gRPC writes it.
std::optional<net::IpAddress> ParsePeer(std::string_view peer);

}  // namespace taster::ingest
