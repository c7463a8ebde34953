// SPDX-License-Identifier: Apache-2.0
// Builds TCP segments for the tests of the censor.
#include "tests/unit/lab/segments.h"

#include "tests/lab/censor/checksum.h"

namespace taster::lab {

Bytes MakeSegment(const SegmentSpec& spec, ByteView payload) {
  const Bytes probe =
      spec.is_ipv6 ? Bytes{0xFD, 0x99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}
                   : Bytes{10, 9, 0, 2};
  const Bytes server = spec.is_ipv6 ? Bytes{0xFD, 0x99, 0, 6, 0, 0, 0, 0,
                                            0,    0,    0, 0, 0, 0, 0, 0x66}
                                    : Bytes{10, 9, 6, 66};
  Bytes segment(20);
  Write16(segment, 0, 40000);
  Write16(segment, 2, spec.port);
  Write32(segment, 4, spec.sequence);
  Write32(segment, 8, spec.acknowledgement);
  segment[12] = 5 << 4;
  segment[13] = spec.flags;
  segment.insert(segment.end(), payload.begin(), payload.end());
  return BuildIp({.is_ipv6 = spec.is_ipv6,
                  .source = probe,
                  .destination = server,
                  .protocol = kProtocolTcp,
                  .traits = {.ip_ttl = 63},
                  .payload = segment});
}

Bytes MakeStreamMessage(const QuerySpec& spec) {
  const Bytes message = MakeMessage(spec);
  Bytes framed(2);
  Write16(framed, 0, message.size());
  framed.insert(framed.end(), message.begin(), message.end());
  return framed;
}

std::uint16_t ChecksumResidue(const IpPacket& packet) {
  return Fold(Sum(packet.source) + Sum(packet.destination) + packet.protocol +
              static_cast<std::uint32_t>(packet.payload.size()) +
              Sum(packet.payload));
}

}  // namespace taster::lab
