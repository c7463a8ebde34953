// SPDX-License-Identifier: Apache-2.0
// Network address translation of the simplest kind.
#include "tests/lab/censor/redirector.h"

#include <algorithm>
#include <utility>

namespace taster::lab {
namespace {

constexpr std::size_t kUdpHeaderBytes = 8;
constexpr std::size_t kTcpHeaderBytes = 20;

Ipv4 ToIpv4(ByteView address) {
  Ipv4 copy{};
  std::ranges::copy(address, copy.begin());
  return copy;
}

std::uint16_t MessageId(const IpPacket& packet) {
  return packet.protocol == kProtocolUdp &&
                 packet.payload.size() >= kUdpHeaderBytes + 2
             ? Read16(packet.payload, kUdpHeaderBytes)
             : std::uint16_t{0};
}

bool HasPorts(const IpPacket& packet) {
  if (packet.is_ipv6) return false;
  return (packet.protocol == kProtocolUdp &&
          packet.payload.size() >= kUdpHeaderBytes) ||
         (packet.protocol == kProtocolTcp &&
          packet.payload.size() >= kTcpHeaderBytes);
}

}  // namespace

Redirector::Redirector(std::vector<Redirect> redirects)
    : redirects_(std::move(redirects)) {}

std::optional<Bytes> Redirector::Rewrite(const IpPacket& packet,
                                         Direction direction) {
  if (redirects_.empty() || !HasPorts(packet)) return std::nullopt;
  return direction == Direction::kOutward ? LeadAway(packet) : LeadBack(packet);
}

std::optional<Bytes> Redirector::LeadAway(const IpPacket& packet) {
  const std::uint16_t port = Read16(packet.payload, 2);
  for (const Redirect& redirect : redirects_) {
    if (redirect.protocol != packet.protocol || redirect.port != port ||
        !redirect.network.Contains(packet.source)) {
      continue;
    }
    asked_[{.client = ToIpv4(packet.source),
            .client_port = Read16(packet.payload, 0),
            .server_port = port,
            .protocol = packet.protocol,
            .message_id = MessageId(packet)}] = ToIpv4(packet.destination);
    IpPacket led = packet;
    led.destination = redirect.to;
    return BuildIp(led);
  }
  return std::nullopt;
}

std::optional<Bytes> Redirector::LeadBack(const IpPacket& packet) const {
  const Ipv4 source = ToIpv4(packet.source);
  const bool is_led_to = std::ranges::any_of(
      redirects_,
      [&](const Redirect& redirect) { return redirect.to == source; });
  if (!is_led_to) return std::nullopt;
  const auto asked = asked_.find({.client = ToIpv4(packet.destination),
                                  .client_port = Read16(packet.payload, 2),
                                  .server_port = Read16(packet.payload, 0),
                                  .protocol = packet.protocol,
                                  .message_id = MessageId(packet)});
  if (asked == asked_.end()) return std::nullopt;
  IpPacket led = packet;
  led.source = asked->second;
  return BuildIp(led);
}

}  // namespace taster::lab
