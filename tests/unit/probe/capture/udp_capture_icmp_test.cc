// SPDX-License-Identifier: Apache-2.0
// ICMP errors: whose they are, what they mean, and that we cause none.
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

#include "probe/capture/icmp_error.h"
#include "probe/capture/owned_fd.h"
#include "probe/capture/socket_address.h"
#include "tests/unit/probe/capture/udp_capture_fixture.h"

namespace taster::capture {
namespace {

std::uint16_t Checksum(const Bytes& bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    sum += static_cast<std::uint32_t>(bytes[i]) << (i % 2 == 0 ? 8 : 0);
  }
  sum = (sum & 0xffff) + (sum >> 16);
  sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

// An ICMP error that quotes our datagram's headers and `quoted` of its payload
// (RFC 792). False when this user may not send it.
bool SendIcmp(std::uint8_t type, std::uint8_t code, const ReceivedQuery& query,
              const net::Endpoint& server, std::size_t quoted) {
  const OwnedFd raw(socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP));
  if (!raw) return false;
  SocketAddress router{};
  socklen_t size =
      ToSocketAddress({net::IpAddress::FromV4(0x7f000009), 0}, &router);
  if (bind(raw.get(), &router.any, size) != 0) return false;
  const auto length = static_cast<std::uint8_t>(28 + query.message.size());
  Bytes icmp = {type, code, 0, 0, 0, 0, 0, 0,
                // IPv4 header from us to the server.
                0x45, 0, 0, length, 0, 1, 0x40, 0, 1, 17, 0, 0, 127, 0, 0, 1,
                127, 0, 0, 1,
                // UDP header.
                static_cast<std::uint8_t>(query.client.port >> 8),
                static_cast<std::uint8_t>(query.client.port),
                static_cast<std::uint8_t>(server.port >> 8),
                static_cast<std::uint8_t>(server.port), 0,
                static_cast<std::uint8_t>(length - 20), 0, 0};
  icmp.insert(icmp.end(), query.message.begin(),
              query.message.begin() + static_cast<std::ptrdiff_t>(quoted));
  const std::uint16_t sum = Checksum(icmp);
  icmp[2] = static_cast<std::uint8_t>(sum >> 8);
  icmp[3] = static_cast<std::uint8_t>(sum);
  SocketAddress us{};
  size = ToSocketAddress({net::IpAddress::FromV4(0x7f000001), 0}, &us);
  return sendto(raw.get(), icmp.data(), icmp.size(), 0, &us.any, size) > 0;
}

TEST_F(UdpCaptureTest, PortUnreachableGivesOutcomeAndOffender) {
  Open(milliseconds(100));
  net::Endpoint closed;
  {
    LoopbackServer gone;
    closed = gone.endpoint();
  }
  ASSERT_TRUE(engine_->Ask(QuestionTo(closed, "a.example"), 1));
  RunUntilClosed();
  const KeptQuery& kept = witness_.queries[1];
  EXPECT_EQ(kept.sent_calls, 1);
  EXPECT_EQ(kept.outcome, Outcome::kPortUnreachable);
  ASSERT_EQ(kept.icmp.size(), 1u);
  EXPECT_EQ(kept.icmp[0].offender, closed.address);
  EXPECT_EQ(kept.icmp[0].type, 3);
  EXPECT_EQ(kept.icmp[0].code, 3);
  EXPECT_FALSE(kept.icmp[0].v6);
  EXPECT_LT(kept.icmp[0].offset, milliseconds(100));
}

TEST_F(UdpCaptureTest, PortUnreachableOverIpv6) {
  Open(milliseconds(100));
  net::Endpoint closed;
  {
    LoopbackServer gone(*net::IpAddress::Parse("::1"));
    closed = gone.endpoint();
  }
  ASSERT_TRUE(engine_->Ask(QuestionTo(closed, "a.example"), 1));
  RunUntilClosed();
  const KeptQuery& kept = witness_.queries[1];
  EXPECT_EQ(kept.outcome, Outcome::kPortUnreachable);
  ASSERT_EQ(kept.icmp.size(), 1u);
  EXPECT_EQ(kept.icmp[0].offender, closed.address);
  EXPECT_TRUE(kept.icmp[0].v6);
  EXPECT_EQ(kept.icmp[0].type, 1);
  EXPECT_EQ(kept.icmp[0].code, 4);
}

TEST_F(UdpCaptureTest, PendingErrorsDoNotKeepOthersFromBeingSent) {
  Open(milliseconds(200), 1);
  net::Endpoint closed;
  {
    LoopbackServer gone;
    closed = gone.endpoint();
  }
  // The errors reach whichever socket of the port, while others are sent.
  for (Token token = 0; token < 200; ++token) {
    const auto& to = token % 2 == 0 ? closed : server_.endpoint();
    ASSERT_TRUE(engine_->Ask(QuestionTo(to, "a.example"), token));
    if (token % 4 == 3) {
      ASSERT_TRUE(engine_->Run(milliseconds(0)).ok());
    }
  }
  RunUntilClosed();
  ASSERT_EQ(witness_.queries.size(), 200u);
  for (const auto& [token, kept] : witness_.queries) {
    EXPECT_EQ(kept.sent_calls, 1) << token;
    EXPECT_EQ(kept.outcome,
              token % 2 == 0 ? Outcome::kPortUnreachable : Outcome::kTimeout)
        << token;
  }
}

TEST_F(UdpCaptureTest, TtlExceededIsFoundByIdOrByPortsAlone) {
  Open(milliseconds(150));
  const Question question = QuestionTo(server_.endpoint(), "a.example");
  const auto first = Ask(1, question, &server_);
  if (!SendIcmp(11, 0, first, server_.endpoint(), first.message.size())) {
    GTEST_SKIP() << "raw sockets need CAP_NET_RAW";
  }
  // A quote of another transaction, and one from another server, are not ours.
  auto other = first;
  other.message[0] ^= 1;
  SendIcmp(3, 1, other, server_.endpoint(), other.message.size());
  auto elsewhere = server_.endpoint();
  ++elsewhere.port;
  SendIcmp(3, 1, first, elsewhere, first.message.size());
  RunUntilClosed();
  const KeptQuery& kept = witness_.queries[1];
  EXPECT_EQ(kept.outcome, Outcome::kTtlExceeded);
  ASSERT_EQ(kept.icmp.size(), 1u);
  EXPECT_EQ(kept.icmp[0].offender, net::IpAddress::FromV4(0x7f000009));
  EXPECT_EQ(kept.icmp[0].type, 11);
  EXPECT_EQ(engine_->unsolicited(), 2u);

  const auto second = Ask(2, question, &server_);
  ASSERT_TRUE(SendIcmp(11, 0, second, server_.endpoint(), 0));
  RunUntilClosed();
  EXPECT_EQ(witness_.queries[2].outcome, Outcome::kTtlExceeded);
  EXPECT_EQ(witness_.queries[2].icmp.size(), 1u);
}

TEST_F(UdpCaptureTest, ResponseOutweighsIcmpAndOnlyEightErrorsAreTold) {
  Open(milliseconds(150));
  const auto query =
      Ask(1, QuestionTo(server_.endpoint(), "a.example"), &server_);
  if (!SendIcmp(3, 13, query, server_.endpoint(), query.message.size())) {
    GTEST_SKIP() << "raw sockets need CAP_NET_RAW";
  }
  for (int i = 0; i < 11; ++i) {
    SendIcmp(3, 13, query, server_.endpoint(), query.message.size());
  }
  server_.Send(query.client, AnswerTo(query.message, 1));
  RunUntilClosed();
  EXPECT_EQ(witness_.queries[1].outcome, Outcome::kResponse);
  EXPECT_EQ(witness_.queries[1].icmp.size(), 8u);
}

TEST_F(UdpCaptureTest, NoIcmpIsSentWhileTheWindowIsOpen) {
  Open(milliseconds(200));
  const auto query =
      Ask(1, QuestionTo(server_.endpoint(), "a.example"), &server_);
  for (int i = 0; i < 20; ++i) {
    server_.Send(query.client, AnswerTo(query.message, 1));
    ASSERT_TRUE(engine_->Run(milliseconds(5)).ok());
  }
  EXPECT_FALSE(TakeIcmpError(server_.fd()).has_value());
  engine_.reset();
  server_.Send(query.client, AnswerTo(query.message, 1));
  EXPECT_TRUE(TakeIcmpError(server_.fd()).has_value());
}

TEST(OutcomeOfIcmp, GoesByTheVersionsNumbers) {
  const auto outcome = [](bool v6, std::uint8_t type, std::uint8_t code) {
    IcmpError error;
    error.v6 = v6;
    error.type = type;
    error.code = code;
    return OutcomeOf(error);
  };
  EXPECT_EQ(outcome(false, 3, 0), Outcome::kNetworkUnreachable);
  EXPECT_EQ(outcome(false, 3, 1), Outcome::kHostUnreachable);
  EXPECT_EQ(outcome(false, 3, 3), Outcome::kPortUnreachable);
  EXPECT_EQ(outcome(false, 3, 4), std::nullopt);
  EXPECT_EQ(outcome(false, 3, 13), Outcome::kProhibited);
  EXPECT_EQ(outcome(false, 11, 0), Outcome::kTtlExceeded);
  EXPECT_EQ(outcome(false, 1, 4), std::nullopt);
  EXPECT_EQ(outcome(true, 1, 0), Outcome::kNetworkUnreachable);
  EXPECT_EQ(outcome(true, 1, 1), Outcome::kProhibited);
  EXPECT_EQ(outcome(true, 1, 3), Outcome::kHostUnreachable);
  EXPECT_EQ(outcome(true, 1, 4), Outcome::kPortUnreachable);
  EXPECT_EQ(outcome(true, 3, 0), Outcome::kTtlExceeded);
  EXPECT_EQ(outcome(true, 2, 0), std::nullopt);
}

}  // namespace
}  // namespace taster::capture
