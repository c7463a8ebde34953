// SPDX-License-Identifier: Apache-2.0
// Packets that are built can be parsed, and their checksums hold.
#include "tests/lab/censor/packet.h"

#include <gtest/gtest.h>

#include "tests/lab/censor/checksum.h"
#include "tests/unit/lab/queries.h"

namespace taster::lab {
namespace {

constexpr std::size_t kUdpLengthAt = 4;

// Zero for a datagram whose checksum is right (RFC 768, RFC 8200 8.1).
std::uint16_t DatagramResidue(const Bytes& packet) {
  const ByteView bytes(packet);
  const bool is_ipv6 = packet[0] >> 4 == 6;
  const ByteView ends = is_ipv6 ? bytes.subspan(8, 32) : bytes.subspan(12, 8);
  const ByteView datagram = bytes.subspan(is_ipv6 ? 40 : 20);
  const auto size = static_cast<std::uint32_t>(datagram.size());
  return Fold(Sum(ends) + 17 + size + Sum(datagram));
}

class PacketTest : public testing::TestWithParam<bool> {
 protected:
  QuerySpec spec_{.name = "both.test", .is_ipv6 = GetParam()};
  std::size_t header_bytes() const { return GetParam() ? 40 : 20; }
};

TEST_P(PacketTest, ParsesWhatItBuilds) {
  const Bytes packet = MakePacket(spec_);
  const auto parsed = ParseUdp(packet);
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->is_ipv6, GetParam());
  EXPECT_EQ(AddressText(parsed->source), GetParam() ? "fd99::2" : "10.9.0.2");
  EXPECT_EQ(AddressText(parsed->destination),
            GetParam() ? "fd99:6::66" : "10.9.6.66");
  EXPECT_EQ(parsed->source_port, 40000);
  EXPECT_EQ(parsed->destination_port, 53);
  EXPECT_EQ(parsed->ip_ttl, 63);
  const Bytes payload(parsed->payload.begin(), parsed->payload.end());
  EXPECT_EQ(payload, MakeMessage(spec_));
}

TEST_P(PacketTest, ChecksumsHoldForOddAndEvenLengths) {
  for (std::size_t length = 0; length < 64; ++length) {
    const Bytes packet = MakePacket(spec_, Bytes(length, 0xA5));
    EXPECT_EQ(DatagramResidue(packet), 0) << length;
    if (!GetParam()) {
      EXPECT_EQ(Fold(Sum(ByteView(packet).first(20))), 0);
    }
  }
}

TEST_P(PacketTest, NeverWritesTheChecksumThatMeansNone) {
  for (unsigned word = 0; word <= 0xFFFF; ++word) {
    const Bytes payload{static_cast<std::uint8_t>(word >> 8),
                        static_cast<std::uint8_t>(word)};
    const Bytes packet = MakePacket(spec_, payload);
    const std::size_t at = header_bytes() + 6;
    ASSERT_FALSE(packet[at] == 0 && packet[at + 1] == 0) << word;
  }
}

TEST_P(PacketTest, RefusesEveryTruncation) {
  const Bytes packet = MakePacket(spec_);
  for (std::size_t length = 0; length < packet.size(); ++length) {
    EXPECT_FALSE(ParseUdp(ByteView(packet).first(length)).has_value());
  }
}

TEST_P(PacketTest, IgnoresEthernetPadding) {
  Bytes packet = MakePacket(spec_);
  const std::size_t payload_bytes = ParseUdp(packet)->payload.size();
  packet.resize(packet.size() + 7);
  EXPECT_EQ(ParseUdp(packet)->payload.size(), payload_bytes);
}

TEST_P(PacketTest, RefusesOtherProtocolsAndWrongLengths) {
  Bytes tcp = MakePacket(spec_);
  tcp[GetParam() ? 6 : 9] = 6;
  EXPECT_FALSE(ParseUdp(tcp).has_value());
  Bytes overlong = MakePacket(spec_);
  overlong[header_bytes() + kUdpLengthAt] = 0xFF;
  EXPECT_FALSE(ParseUdp(overlong).has_value());
  Bytes unknown_version = MakePacket(spec_);
  unknown_version[0] = 0x75;
  EXPECT_FALSE(ParseUdp(unknown_version).has_value());
}

INSTANTIATE_TEST_SUITE_P(Families, PacketTest, testing::Bool());

TEST(Ipv4PacketTest, RefusesFragmentsAndReadsPastOptions) {
  Bytes fragment = MakePacket({.name = "both.test"});
  fragment[6] |= 0x20;
  EXPECT_FALSE(ParseUdp(fragment).has_value());
  Bytes with_options = MakePacket({.name = "both.test"});
  with_options.insert(with_options.begin() + 20, 4, 1);
  with_options[0] = 0x46;
  with_options[3] = static_cast<std::uint8_t>(with_options.size());
  ASSERT_TRUE(ParseUdp(with_options).has_value());
  EXPECT_EQ(ParseUdp(with_options)->destination_port, 53);
}

}  // namespace
}  // namespace taster::lab
