// SPDX-License-Identifier: Apache-2.0
// TCP segments as packets.
#pragma once

#include "tests/unit/lab/queries.h"

namespace taster::lab {

inline constexpr std::uint8_t kSyn = 0x02;
inline constexpr std::uint8_t kRst = 0x04;
inline constexpr std::uint8_t kPush = 0x08;
inline constexpr std::uint8_t kAck = 0x10;

struct SegmentSpec {
  std::uint16_t port = 53;  // That is asked.
  std::uint32_t sequence = 1000;
  std::uint32_t acknowledgement = 2000;
  std::uint8_t flags = kPush | kAck;
  bool is_ipv6 = false;
};

// From port 40000 of 10.9.0.2 to 10.9.6.66, or their IPv6 twins.
Bytes MakeSegment(const SegmentSpec& spec, ByteView payload);

// A DNS query with its length before it.
Bytes MakeStreamMessage(const QuerySpec& spec);

// Zero for a packet whose TCP or UDP checksum is right.
std::uint16_t ChecksumResidue(const IpPacket& packet);

}  // namespace taster::lab
