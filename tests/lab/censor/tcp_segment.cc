// SPDX-License-Identifier: Apache-2.0
// RFC 9293 section 3.1.
#include "tests/lab/censor/tcp_segment.h"

namespace taster::lab {
namespace {

constexpr std::size_t kTcpHeaderBytes = 20;
constexpr std::uint8_t kFin = 0x01;
constexpr std::uint8_t kSyn = 0x02;
constexpr std::uint8_t kRst = 0x04;
constexpr std::uint8_t kAck = 0x10;
// A choice of this lab.
constexpr std::uint8_t kIpTtl = 57;

struct Numbers {
  std::uint32_t sequence = 0;
  std::uint32_t acknowledgement = 0;
};

// What follows the segment in its sender's sequence space.
std::uint32_t NextSequence(const TcpSegment& segment) {
  return segment.sequence + static_cast<std::uint32_t>(segment.payload.size()) +
         ((segment.flags & kSyn) != 0 ? 1u : 0u) +
         ((segment.flags & kFin) != 0 ? 1u : 0u);
}

Bytes Header(std::uint16_t source_port, std::uint16_t destination_port,
             const Numbers& numbers) {
  Bytes header(kTcpHeaderBytes);
  Write16(header, 0, source_port);
  Write16(header, 2, destination_port);
  Write32(header, 4, numbers.sequence);
  Write32(header, 8, numbers.acknowledgement);
  header[12] = (kTcpHeaderBytes / 4) << 4;
  header[13] = kRst | kAck;
  return header;
}

}  // namespace

bool TcpSegment::OpensConnection() const {
  return (flags & (kSyn | kAck)) == kSyn;
}

std::optional<TcpSegment> ParseTcp(const IpPacket& packet) {
  const ByteView bytes = packet.payload;
  if (packet.protocol != kProtocolTcp || bytes.size() < kTcpHeaderBytes) {
    return std::nullopt;
  }
  const std::size_t header = std::size_t{4} * (bytes[12] >> 4);
  if (header < kTcpHeaderBytes || header > bytes.size()) return std::nullopt;
  return TcpSegment{.ip = packet,
                    .source_port = Read16(bytes, 0),
                    .destination_port = Read16(bytes, 2),
                    .sequence = Read32(bytes, 4),
                    .acknowledgement = Read32(bytes, 8),
                    .flags = bytes[13],
                    .payload = bytes.subspan(header)};
}

Bytes ResetSender(const TcpSegment& segment) {
  const bool acknowledges = (segment.flags & kAck) != 0;
  const Bytes header =
      Header(segment.destination_port, segment.source_port,
             {.sequence = acknowledges ? segment.acknowledgement : 0,
              .acknowledgement = NextSequence(segment)});
  return BuildIp({.is_ipv6 = segment.ip.is_ipv6,
                  .source = segment.ip.destination,
                  .destination = segment.ip.source,
                  .protocol = kProtocolTcp,
                  .traits = {.ip_ttl = kIpTtl},
                  .payload = header});
}

Bytes ResetReceiver(const TcpSegment& segment) {
  const Bytes header = Header(segment.source_port, segment.destination_port,
                              {.sequence = NextSequence(segment),
                               .acknowledgement = segment.acknowledgement});
  return BuildIp({.is_ipv6 = segment.ip.is_ipv6,
                  .source = segment.ip.source,
                  .destination = segment.ip.destination,
                  .protocol = kProtocolTcp,
                  .traits = {.ip_ttl = kIpTtl},
                  .payload = header});
}

}  // namespace taster::lab
