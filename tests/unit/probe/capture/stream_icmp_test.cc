// SPDX-License-Identifier: Apache-2.0
// ICMP errors for a SYN: whose they are and what they mean.
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <array>

#include "probe/capture/socket_address.h"
#include "tests/unit/probe/capture/stream_fixture.h"

namespace taster::capture {
namespace {

constexpr std::uint32_t kRouter = 0x7f000009;

// A raw socket of this host; owns nothing where that is not permitted.
OwnedFd OpenRaw(int protocol) {
  OwnedFd raw(socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, protocol));
  if (!raw) return raw;
  const timeval second{1, 0};
  setsockopt(raw.get(), SOL_SOCKET, SO_RCVTIMEO, &second, sizeof(second));
  return raw;
}

// The newest SYN to `port` that `raw` has seen, IP header first.
Bytes TakeSyn(int raw, std::uint16_t port) {
  Bytes found;
  while (true) {
    Bytes packet(200);
    const ssize_t got = recv(raw, packet.data(), packet.size(),
                             found.empty() ? 0 : MSG_DONTWAIT);
    if (got < 0) return found;
    packet.resize(static_cast<std::size_t>(got));
    // A header without options; SYN alone.
    if (got >= 40 && packet[0] == 0x45 &&
        (packet[22] << 8 | packet[23]) == port && packet[33] == 0x02) {
      found = packet;
    }
  }
}

// An ICMP error that quotes the packet's header and 8 bytes (RFC 792).
void SendIcmp(int raw, std::uint8_t type, std::uint8_t code,
              const Bytes& packet) {
  Bytes icmp{type, code, 0, 0, 0, 0, 0, 0};
  icmp.insert(icmp.end(), packet.begin(), packet.begin() + 28);
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < icmp.size(); ++i) {
    sum += static_cast<std::uint32_t>(icmp[i]) << (i % 2 == 0 ? 8 : 0);
  }
  sum = (sum & 0xffff) + (sum >> 16);
  sum = ~((sum & 0xffff) + (sum >> 16));
  icmp[2] = static_cast<std::uint8_t>(sum >> 8);
  icmp[3] = static_cast<std::uint8_t>(sum);
  SocketAddress address{};
  socklen_t size =
      ToSocketAddress({net::IpAddress::FromV4(kRouter), 0}, &address);
  ASSERT_EQ(bind(raw, &address.any, size), 0);
  size = ToSocketAddress({net::IpAddress::FromV4(0x7f000001), 0}, &address);
  ASSERT_EQ(sendto(raw, icmp.data(), icmp.size(), 0, &address.any, size),
            static_cast<ssize_t>(icmp.size()));
}

struct Said {
  std::uint8_t type;
  std::uint8_t code;
  Outcome outcome;
};

class StreamIcmpTest : public StreamTest,
                       public testing::WithParamInterface<Said> {};

TEST_P(StreamIcmpTest, EndsTheAttemptWithItsMeaning) {
  const OwnedFd sniffer = OpenRaw(IPPROTO_TCP);
  const OwnedFd router = OpenRaw(IPPROTO_ICMP);
  if (!sniffer || !router) GTEST_SKIP() << "raw sockets need CAP_NET_RAW";
  net::Endpoint endpoint;
  const OwnedFd listener = Listen(0, &endpoint);
  Open(milliseconds(3000));
  // Two fill the queue of connections; the third waits in vain.
  const Question question = StreamQuestion(Transport::kTcp, endpoint);
  for (const Token token : {101, 102}) {
    ASSERT_TRUE(lookup_->Ask(question, token));
    ASSERT_TRUE(lookup_->Run(milliseconds(0)).ok());
    TakeSyn(sniffer.get(), endpoint.port);
  }
  ASSERT_TRUE(lookup_->Ask(question, 1));
  ASSERT_TRUE(lookup_->Run(milliseconds(0)).ok());
  const Bytes syn = TakeSyn(sniffer.get(), endpoint.port);
  ASSERT_FALSE(syn.empty());
  SendIcmp(router.get(), GetParam().type, GetParam().code, syn);
  for (int i = 0; i < 100 && witness_.queries[1].closed_calls == 0; ++i) {
    ASSERT_TRUE(lookup_->Run(milliseconds(10)).ok());
  }
  const KeptQuery& kept = witness_.queries[1];
  EXPECT_EQ(kept.outcome, GetParam().outcome);
  EXPECT_EQ(kept.sent_calls, 0);
  ASSERT_EQ(kept.icmp.size(), 1u);
  EXPECT_EQ(kept.icmp[0].offender, net::IpAddress::FromV4(kRouter));
  EXPECT_EQ(kept.icmp[0].type, GetParam().type);
  EXPECT_EQ(kept.icmp[0].code, GetParam().code);
  ASSERT_TRUE(kept.stream.has_value());
  EXPECT_EQ(kept.stream->phase, StreamPhase::kConnect);
  EXPECT_FALSE(kept.stream->connect_time.has_value());
}

INSTANTIATE_TEST_SUITE_P(Errors, StreamIcmpTest,
                         testing::Values(Said{3, 13, Outcome::kProhibited},
                                         Said{3, 3, Outcome::kPortUnreachable},
                                         Said{3, 1, Outcome::kHostUnreachable},
                                         Said{3, 0,
                                              Outcome::kNetworkUnreachable},
                                         Said{11, 0, Outcome::kTtlExceeded}));

}  // namespace
}  // namespace taster::capture
