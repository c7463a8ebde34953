// SPDX-License-Identifier: Apache-2.0
// Reads and builds UDP packets (RFC 768).
#include "tests/lab/censor/packet.h"

namespace taster::lab {
namespace {

constexpr std::size_t kUdpHeaderBytes = 8;

}  // namespace

std::optional<UdpPacket> ParseUdp(ByteView packet) {
  const std::optional<IpPacket> ip = ParseIp(packet);
  if (!ip || ip->protocol != kProtocolUdp) return std::nullopt;
  const ByteView datagram = ip->payload;
  if (datagram.size() < kUdpHeaderBytes) return std::nullopt;
  const std::size_t length = Read16(datagram, 4);
  if (length < kUdpHeaderBytes || length > datagram.size()) return std::nullopt;
  return UdpPacket{
      .is_ipv6 = ip->is_ipv6,
      .source = ip->source,
      .destination = ip->destination,
      .ip_ttl = ip->traits.ip_ttl,
      .source_port = Read16(datagram, 0),
      .destination_port = Read16(datagram, 2),
      .payload = datagram.subspan(kUdpHeaderBytes, length - kUdpHeaderBytes)};
}

Bytes BuildAnswer(const UdpPacket& query, const IpTraits& traits,
                  ByteView payload) {
  Bytes datagram(kUdpHeaderBytes);
  Write16(datagram, 0, query.destination_port);
  Write16(datagram, 2, query.source_port);
  Write16(datagram, 4, kUdpHeaderBytes + payload.size());
  datagram.insert(datagram.end(), payload.begin(), payload.end());
  return BuildIp({.is_ipv6 = query.is_ipv6,
                  .source = query.destination,
                  .destination = query.source,
                  .protocol = kProtocolUdp,
                  .traits = traits,
                  .payload = datagram});
}

}  // namespace taster::lab
