// SPDX-License-Identifier: Apache-2.0
// Resets that either end must believe.
#include "tests/lab/censor/tcp_segment.h"

#include <gtest/gtest.h>

#include "tests/unit/lab/segments.h"

namespace taster::lab {
namespace {

class TcpSegmentTest : public testing::TestWithParam<bool> {
 protected:
  static TcpSegment Parse(const Bytes& packet) {
    const auto ip = ParseIp(packet);
    const auto segment = ip ? ParseTcp(*ip) : std::nullopt;
    EXPECT_TRUE(segment.has_value());
    return segment.value_or(TcpSegment());
  }
};

TEST_P(TcpSegmentTest, ResetsTheSenderInTheReceiversName) {
  const Bytes payload(33, 0xA5);
  const Bytes packet = MakeSegment({.is_ipv6 = GetParam()}, payload);
  const TcpSegment segment = Parse(packet);
  EXPECT_EQ(segment.payload.size(), 33u);
  EXPECT_FALSE(segment.OpensConnection());
  const Bytes bytes = ResetSender(segment);
  const TcpSegment reset = Parse(bytes);
  EXPECT_TRUE(std::ranges::equal(reset.ip.source, segment.ip.destination));
  EXPECT_TRUE(std::ranges::equal(reset.ip.destination, segment.ip.source));
  EXPECT_EQ(reset.source_port, 53);
  EXPECT_EQ(reset.destination_port, 40000);
  EXPECT_EQ(reset.sequence, 2000u);
  EXPECT_EQ(reset.acknowledgement, 1033u);
  EXPECT_EQ(reset.flags, kRst | kAck);
  EXPECT_EQ(ChecksumResidue(reset.ip), 0);
}

TEST_P(TcpSegmentTest, ResetsTheReceiverInTheSendersName) {
  const Bytes packet = MakeSegment({.is_ipv6 = GetParam()}, Bytes(8));
  const Bytes bytes = ResetReceiver(Parse(packet));
  const TcpSegment reset = Parse(bytes);
  EXPECT_EQ(reset.source_port, 40000);
  EXPECT_EQ(reset.destination_port, 53);
  EXPECT_EQ(reset.sequence, 1008u);
  EXPECT_EQ(reset.acknowledgement, 2000u);
  EXPECT_EQ(ChecksumResidue(reset.ip), 0);
}

TEST_P(TcpSegmentTest, RefusesAConnectionAsAClosedPortDoes) {
  const Bytes packet = MakeSegment(
      {.port = 853, .acknowledgement = 0, .flags = kSyn, .is_ipv6 = GetParam()},
      {});
  const TcpSegment segment = Parse(packet);
  EXPECT_TRUE(segment.OpensConnection());
  const Bytes bytes = ResetSender(segment);
  const TcpSegment reset = Parse(bytes);
  EXPECT_EQ(reset.sequence, 0u);
  EXPECT_EQ(reset.acknowledgement, 1001u);
}

INSTANTIATE_TEST_SUITE_P(Families, TcpSegmentTest, testing::Bool());

TEST(TcpSegmentLengthsTest, ThatContradictAreNoSegment) {
  Bytes packet = MakeSegment({}, Bytes(4));
  packet[20 + 12] = 0xF0;  // A header longer than the segment.
  EXPECT_FALSE(ParseTcp(*ParseIp(packet)).has_value());
  packet[20 + 12] = 0x40;  // Shorter than any.
  EXPECT_FALSE(ParseTcp(*ParseIp(packet)).has_value());
  const Bytes udp = MakePacket({.name = "both.test"});
  EXPECT_FALSE(ParseTcp(*ParseIp(udp)).has_value());
}

}  // namespace
}  // namespace taster::lab
