// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/peer_address.h"

#include <string>

namespace taster::ingest {

std::optional<net::IpAddress> PeerAddress(
    const grpc::CallbackServerContext& context) {
  return ParsePeer(context.peer());
}

std::optional<net::IpAddress> ParsePeer(std::string_view peer) {
  const std::size_t port = peer.rfind(':');
  if (port == std::string_view::npos) return {};
  peer = peer.substr(0, port);
  if (peer.starts_with("ipv4:")) return net::IpAddress::Parse(peer.substr(5));
  if (!peer.starts_with("ipv6:")) return {};
  peer.remove_prefix(5);
  if (peer.starts_with("%5B") && peer.ends_with("%5D")) {
    peer = peer.substr(3, peer.size() - 6);
  } else if (peer.starts_with('[') && peer.ends_with(']')) {
    peer = peer.substr(1, peer.size() - 2);
  }
  const auto address = net::IpAddress::Parse(peer);
  // A volunteer who reaches a dual-stack socket over IPv4.
  if (!address.has_value()) return {};
  return address->Unmapped();
}

}  // namespace taster::ingest
