// SPDX-License-Identifier: Apache-2.0
// Reads and builds IPv4 and IPv6 UDP packets (RFC 791, RFC 8200, RFC 768).
#include "tests/lab/censor/packet.h"

#include <arpa/inet.h>

#include <algorithm>

#include "tests/lab/censor/checksum.h"

namespace taster::lab {
namespace {

constexpr std::uint8_t kUdp = 17;
constexpr std::size_t kIpv4HeaderBytes = 20;
constexpr std::size_t kIpv6HeaderBytes = 40;
constexpr std::size_t kUdpHeaderBytes = 8;

std::uint16_t Read16(ByteView bytes, std::size_t at) {
  return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

void Write16(Bytes& bytes, std::size_t at, std::size_t value) {
  bytes[at] = static_cast<std::uint8_t>(value >> 8);
  bytes[at + 1] = static_cast<std::uint8_t>(value);
}

std::optional<UdpPacket> ParseDatagram(ByteView datagram, UdpPacket packet) {
  if (datagram.size() < kUdpHeaderBytes) return std::nullopt;
  const std::size_t length = Read16(datagram, 4);
  if (length < kUdpHeaderBytes || length > datagram.size()) return std::nullopt;
  packet.source_port = Read16(datagram, 0);
  packet.destination_port = Read16(datagram, 2);
  packet.payload = datagram.subspan(kUdpHeaderBytes, length - kUdpHeaderBytes);
  return packet;
}

std::optional<UdpPacket> ParseIpv4(ByteView packet) {
  if (packet.size() < kIpv4HeaderBytes) return std::nullopt;
  const std::size_t header = std::size_t{4} * (packet[0] & 0x0Fu);
  const std::size_t total = Read16(packet, 2);
  const bool is_fragment = (Read16(packet, 6) & 0x3FFF) != 0;
  if (header < kIpv4HeaderBytes || total < header || total > packet.size() ||
      is_fragment || packet[9] != kUdp) {
    return std::nullopt;
  }
  UdpPacket found{.source = packet.subspan(12, 4),
                  .destination = packet.subspan(16, 4),
                  .ip_ttl = packet[8]};
  return ParseDatagram(packet.subspan(header, total - header), found);
}

std::optional<UdpPacket> ParseIpv6(ByteView packet) {
  if (packet.size() < kIpv6HeaderBytes) return std::nullopt;
  const std::size_t length = Read16(packet, 4);
  if (length > packet.size() - kIpv6HeaderBytes || packet[6] != kUdp) {
    return std::nullopt;
  }
  UdpPacket found{.is_ipv6 = true,
                  .source = packet.subspan(8, 16),
                  .destination = packet.subspan(24, 16),
                  .ip_ttl = packet[7]};
  return ParseDatagram(packet.subspan(kIpv6HeaderBytes, length), found);
}

Bytes Ipv4Header(const UdpPacket& query, const IpTraits& traits,
                 std::size_t datagram_bytes) {
  Bytes header(kIpv4HeaderBytes);
  header[0] = 0x45;
  Write16(header, 2, kIpv4HeaderBytes + datagram_bytes);
  Write16(header, 4, traits.ip_id);
  header[6] = traits.dont_fragment ? 0x40 : 0x00;
  header[8] = traits.ip_ttl;
  header[9] = kUdp;
  std::copy_n(query.destination.begin(), 4, header.begin() + 12);
  std::copy_n(query.source.begin(), 4, header.begin() + 16);
  Write16(header, 10, Fold(Sum(header)));
  return header;
}

Bytes Ipv6Header(const UdpPacket& query, const IpTraits& traits,
                 std::size_t datagram_bytes) {
  Bytes header(kIpv6HeaderBytes);
  header[0] = 0x60;
  Write16(header, 4, datagram_bytes);
  header[6] = kUdp;
  header[7] = traits.ip_ttl;
  std::copy_n(query.destination.begin(), 16, header.begin() + 8);
  std::copy_n(query.source.begin(), 16, header.begin() + 24);
  return header;
}

Bytes Datagram(const UdpPacket& query, ByteView payload) {
  Bytes datagram(kUdpHeaderBytes);
  Write16(datagram, 0, query.destination_port);
  Write16(datagram, 2, query.source_port);
  Write16(datagram, 4, kUdpHeaderBytes + payload.size());
  datagram.insert(datagram.end(), payload.begin(), payload.end());
  const std::uint32_t pseudo_header =
      Sum(query.source) + Sum(query.destination) + kUdp +
      static_cast<std::uint32_t>(datagram.size());
  const std::uint16_t sum = Fold(pseudo_header + Sum(datagram));
  // RFC 768: zero would mean "no checksum".
  Write16(datagram, 6, sum == 0 ? 0xFFFFu : sum);
  return datagram;
}

}  // namespace

std::optional<UdpPacket> ParseUdp(ByteView packet) {
  if (packet.empty()) return std::nullopt;
  switch (packet[0] >> 4) {
    case 4:
      return ParseIpv4(packet);
    case 6:
      return ParseIpv6(packet);
    default:
      return std::nullopt;
  }
}

Bytes BuildAnswer(const UdpPacket& query, const IpTraits& traits,
                  ByteView payload) {
  const Bytes datagram = Datagram(query, payload);
  Bytes packet = query.is_ipv6 ? Ipv6Header(query, traits, datagram.size())
                               : Ipv4Header(query, traits, datagram.size());
  packet.insert(packet.end(), datagram.begin(), datagram.end());
  return packet;
}

std::string AddressText(ByteView address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int family = address.size() == 4 ? AF_INET : AF_INET6;
  inet_ntop(family, address.data(), text.data(), text.size());
  return text.data();
}

}  // namespace taster::lab
