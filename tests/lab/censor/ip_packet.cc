// SPDX-License-Identifier: Apache-2.0
// RFC 791, RFC 8200; checksums of RFC 768 and RFC 9293.
#include "tests/lab/censor/ip_packet.h"

#include <arpa/inet.h>

#include <algorithm>

#include "tests/lab/censor/checksum.h"

namespace taster::lab {
namespace {

constexpr std::size_t kIpv4HeaderBytes = 20;
constexpr std::size_t kIpv6HeaderBytes = 40;
constexpr std::size_t kUdpChecksumAt = 6;
constexpr std::size_t kTcpChecksumAt = 16;

std::optional<IpPacket> ParseIpv4(ByteView packet) {
  if (packet.size() < kIpv4HeaderBytes) return std::nullopt;
  const std::size_t header = std::size_t{4} * (packet[0] & 0x0Fu);
  const std::size_t total = Read16(packet, 2);
  const bool is_fragment = (Read16(packet, 6) & 0x3FFF) != 0;
  if (header < kIpv4HeaderBytes || total < header || total > packet.size() ||
      is_fragment) {
    return std::nullopt;
  }
  return IpPacket{.source = packet.subspan(12, 4),
                  .destination = packet.subspan(16, 4),
                  .protocol = packet[9],
                  .traits = {.ip_ttl = packet[8],
                             .dont_fragment = (packet[6] & 0x40) != 0,
                             .ip_id = Read16(packet, 4)},
                  .payload = packet.subspan(header, total - header)};
}

std::optional<IpPacket> ParseIpv6(ByteView packet) {
  if (packet.size() < kIpv6HeaderBytes) return std::nullopt;
  const std::size_t length = Read16(packet, 4);
  if (length > packet.size() - kIpv6HeaderBytes) return std::nullopt;
  return IpPacket{.is_ipv6 = true,
                  .source = packet.subspan(8, 16),
                  .destination = packet.subspan(24, 16),
                  .protocol = packet[6],
                  .traits = {.ip_ttl = packet[7]},
                  .payload = packet.subspan(kIpv6HeaderBytes, length)};
}

Bytes Ipv4Header(const IpPacket& packet) {
  Bytes header(kIpv4HeaderBytes);
  header[0] = 0x45;
  Write16(header, 2, kIpv4HeaderBytes + packet.payload.size());
  Write16(header, 4, packet.traits.ip_id);
  header[6] = packet.traits.dont_fragment ? 0x40 : 0x00;
  header[8] = packet.traits.ip_ttl;
  header[9] = packet.protocol;
  std::ranges::copy(packet.source, header.begin() + 12);
  std::ranges::copy(packet.destination, header.begin() + 16);
  Write16(header, 10, Fold(Sum(header)));
  return header;
}

Bytes Ipv6Header(const IpPacket& packet) {
  Bytes header(kIpv6HeaderBytes);
  header[0] = 0x60;
  Write16(header, 4, packet.payload.size());
  header[6] = packet.protocol;
  header[7] = packet.traits.ip_ttl;
  std::ranges::copy(packet.source, header.begin() + 8);
  std::ranges::copy(packet.destination, header.begin() + 24);
  return header;
}

}  // namespace

std::optional<IpPacket> ParseIp(ByteView packet) {
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

Bytes BuildIp(const IpPacket& packet) {
  Bytes payload(packet.payload.begin(), packet.payload.end());
  const bool is_udp = packet.protocol == kProtocolUdp;
  const std::size_t at = is_udp ? kUdpChecksumAt : kTcpChecksumAt;
  Write16(payload, at, 0);
  const std::uint32_t pseudo_header =
      Sum(packet.source) + Sum(packet.destination) + packet.protocol +
      static_cast<std::uint32_t>(payload.size());
  const std::uint16_t sum = Fold(pseudo_header + Sum(payload));
  // RFC 768: zero would mean "no checksum".
  Write16(payload, at, is_udp && sum == 0 ? 0xFFFFu : sum);
  Bytes bytes = packet.is_ipv6 ? Ipv6Header(packet) : Ipv4Header(packet);
  bytes.insert(bytes.end(), payload.begin(), payload.end());
  return bytes;
}

std::string AddressText(ByteView address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int family = address.size() == 4 ? AF_INET : AF_INET6;
  inet_ntop(family, address.data(), text.data(), text.size());
  return text.data();
}

std::uint16_t Read16(ByteView bytes, std::size_t at) {
  return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

std::uint32_t Read32(ByteView bytes, std::size_t at) {
  return std::uint32_t{Read16(bytes, at)} << 16 | Read16(bytes, at + 2);
}

void Write16(Bytes& bytes, std::size_t at, std::size_t value) {
  bytes[at] = static_cast<std::uint8_t>(value >> 8);
  bytes[at + 1] = static_cast<std::uint8_t>(value);
}

void Write32(Bytes& bytes, std::size_t at, std::uint32_t value) {
  Write16(bytes, at, value >> 16);
  Write16(bytes, at + 2, value & 0xFFFF);
}

}  // namespace taster::lab
