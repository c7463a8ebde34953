// SPDX-License-Identifier: Apache-2.0
// Reads a TCP segment off the wire and builds the resets that cut its
// connection.
#pragma once

#include "tests/lab/censor/ip_packet.h"

namespace taster::lab {

// One segment. Its views last as long as the bytes parsed.
struct TcpSegment {
  IpPacket ip = {};
  std::uint16_t source_port = 0;
  std::uint16_t destination_port = 0;
  std::uint32_t sequence = 0;
  std::uint32_t acknowledgement = 0;
  std::uint8_t flags = 0;
  ByteView payload = {};

  bool OpensConnection() const;  // SYN without ACK.
};

// nullopt: not TCP, or lengths that contradict each other.
std::optional<TcpSegment> ParseTcp(const IpPacket& packet);

// A reset that pretends to come from the other end (RFC 9293 section 3.5.3):
// to the segment's sender, as if it had been received...
Bytes ResetSender(const TcpSegment& segment);
// ...and to its receiver, as if it came right behind.
Bytes ResetReceiver(const TcpSegment& segment);

}  // namespace taster::lab
