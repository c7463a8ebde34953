// SPDX-License-Identifier: Apache-2.0
// Led away and back, so that the client cannot tell by addresses.
#include "tests/lab/censor/redirector.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/lab/segments.h"

namespace taster::lab {
namespace {

constexpr Ipv4 kElsewhere{10, 9, 48, 53};
constexpr Ipv4 kProbe{10, 9, 0, 2};

Redirector MakeRedirector(std::uint8_t protocol, std::uint16_t port) {
  return Redirector({{.network = {{10, 9, 0, 0}, 24},
                      .protocol = protocol,
                      .port = port,
                      .to = kElsewhere}});
}

// What the other end of `packet` would send.
Bytes Answer(const Bytes& packet, ByteView payload) {
  return BuildAnswer(*ParseUdp(packet), {.ip_ttl = 64}, payload);
}

TEST(RedirectorTest, LeadsQueriesAwayAndAnswersBack) {
  Redirector redirector = MakeRedirector(kProtocolUdp, 53);
  const Bytes query = MakePacket({.name = "www.test"});
  const auto led = redirector.Rewrite(*ParseIp(query), Direction::kOutward);
  ASSERT_TRUE(led.has_value());
  const auto away = ParseUdp(*led);
  EXPECT_TRUE(std::ranges::equal(away->destination, kElsewhere));
  EXPECT_EQ(AddressText(away->source), "10.9.0.2");
  EXPECT_EQ(away->ip_ttl, 63);
  EXPECT_EQ(ChecksumResidue(*ParseIp(*led)), 0);
  const Bytes answer = Answer(*led, MakeMessage({.name = "www.test"}));
  const auto back = redirector.Rewrite(*ParseIp(answer), Direction::kInward);
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(AddressText(ParseUdp(*back)->source), "10.9.6.66");
  EXPECT_EQ(ChecksumResidue(*ParseIp(*back)), 0);
}

TEST(RedirectorTest, OnePortMayAskManyServers) {
  Redirector redirector = MakeRedirector(kProtocolUdp, 53);
  const Bytes messages[] = {MakeMessage({.name = "www.test", .id = 1}),
                            MakeMessage({.name = "www.test", .id = 2})};
  const Ipv4 servers[] = {{10, 9, 6, 66}, {10, 9, 3, 53}};
  Bytes answers[2];
  for (std::size_t i : {0u, 1u}) {
    const UdpPacket reversed{.source = servers[i],
                             .destination = kProbe,
                             .source_port = 53,
                             .destination_port = 40000};
    const Bytes query = BuildAnswer(reversed, {.ip_ttl = 63}, messages[i]);
    const auto led = redirector.Rewrite(*ParseIp(query), Direction::kOutward);
    ASSERT_TRUE(led.has_value());
    answers[i] = Answer(*led, messages[i]);
  }
  for (std::size_t i : {0u, 1u}) {
    const auto back =
        redirector.Rewrite(*ParseIp(answers[i]), Direction::kInward);
    ASSERT_TRUE(back.has_value());
    EXPECT_TRUE(std::ranges::equal(ParseIp(*back)->source, servers[i]));
  }
}

TEST(RedirectorTest, ConnectionsAreLedAsWell) {
  Redirector redirector = MakeRedirector(kProtocolTcp, 853);
  const Bytes segment = MakeSegment({.port = 853, .flags = kSyn}, Bytes(5));
  const auto led = redirector.Rewrite(*ParseIp(segment), Direction::kOutward);
  ASSERT_TRUE(led.has_value());
  EXPECT_EQ(ChecksumResidue(*ParseIp(*led)), 0);
  const auto parsed = ParseTcp(*ParseIp(*led));
  EXPECT_EQ(parsed->sequence, 1000u);
  EXPECT_EQ(parsed->payload.size(), 5u);
}

TEST(RedirectorTest, LeavesTheRestAlone) {
  Redirector redirector = MakeRedirector(kProtocolUdp, 53);
  const auto is_left = [&](const Bytes& packet, Direction direction) {
    return !redirector.Rewrite(*ParseIp(packet), direction);
  };
  EXPECT_TRUE(
      is_left(MakePacket({.name = "x", .is_ipv6 = true}), Direction::kOutward));
  EXPECT_TRUE(is_left(MakePacket({.name = "x", .destination_port = 5353}),
                      Direction::kOutward));
  EXPECT_TRUE(is_left(MakeSegment({}, {}), Direction::kOutward));
  // Its own answers, to a client that never was led to it.
  const UdpPacket direct{.source = kProbe,
                         .destination = kElsewhere,
                         .source_port = 40001,
                         .destination_port = 53};
  EXPECT_TRUE(is_left(BuildAnswer(direct, {.ip_ttl = 64}, Bytes(12)),
                      Direction::kInward));
}

}  // namespace
}  // namespace taster::lab
