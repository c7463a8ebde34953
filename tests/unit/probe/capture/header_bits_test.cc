// SPDX-License-Identifier: Apache-2.0
// DF, IP-ID and IP TTL of forged packets, against what was forged.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>
#include <thread>

#include "probe/capture/owned_fd.h"
#include "tests/unit/probe/capture/udp_capture_fixture.h"

namespace taster::capture {
namespace {

struct Forgery {
  bool dont_fragment;
  std::uint16_t ip_id;
  std::uint8_t ip_ttl;
};

constexpr Forgery kForgeries[] = {
    {false, 0, 47}, {false, 0x1234, 255}, {true, 0, 1}, {true, 0xffff, 128}};

// Moves this thread to a network of its own, where packets for 127.0.0.1 may
// come without a route. Empty on success, else why not.
std::string EnterOwnNetwork() {
  if (unshare(CLONE_NEWNET) != 0) {
    return std::string("a network namespace: ") + std::strerror(errno);
  }
  const OwnedFd any(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ifreq loopback{};
  std::strcpy(loopback.ifr_name, "lo");
  loopback.ifr_flags = IFF_UP | IFF_RUNNING;
  if (ioctl(any.get(), SIOCSIFFLAGS, &loopback) != 0) return "lo up";
  for (const char* setting : {"route_localnet", "accept_local"}) {
    std::ofstream file(std::string("/proc/sys/net/ipv4/conf/lo/") + setting);
    file << 1 << std::flush;
    if (!file) return setting;
  }
  return "";
}

Bytes Packet(const Forgery& forgery, const net::Endpoint& from,
             const net::Endpoint& to, const Bytes& message) {
  const auto put16 = [](std::size_t value, Bytes* bytes) {
    bytes->push_back(static_cast<std::uint8_t>(value >> 8));
    bytes->push_back(static_cast<std::uint8_t>(value & 0xff));
  };
  Bytes packet = {0x45, 0};
  put16(28 + message.size(), &packet);
  put16(forgery.ip_id, &packet);
  put16(forgery.dont_fragment ? 0x4000 : 0, &packet);
  packet.insert(packet.end(), {forgery.ip_ttl, 17, 0, 0});
  packet.insert(packet.end(), {127, 0, 0, 1, 127, 0, 0, 1});
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < 20; i += 2) {
    sum += static_cast<std::uint32_t>(packet[i] << 8 | packet[i + 1]);
  }
  sum = (sum & 0xffff) + (sum >> 16);
  packet[10] = static_cast<std::uint8_t>(~sum >> 8);
  packet[11] = static_cast<std::uint8_t>(~sum);
  put16(from.port, &packet);
  put16(to.port, &packet);
  put16(8 + message.size(), &packet);
  put16(0, &packet);  // No UDP checksum.
  packet.insert(packet.end(), message.begin(), message.end());
  return packet;
}

class HeaderBitsTest : public UdpCaptureTest {
 protected:
  void ForgeAll() {
    refused_ = EnterOwnNetwork();
    if (!refused_.empty()) return;
    const OwnedFd raw(socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    sockaddr_ll link{};
    link.sll_family = AF_PACKET;
    link.sll_protocol = htons(ETH_P_IP);
    link.sll_ifindex = static_cast<int>(if_nametoindex("lo"));
    link.sll_halen = ETH_ALEN;
    LoopbackServer server;
    Open(milliseconds(200), 1);
    const auto query =
        Ask(1, QuestionTo(server.endpoint(), "bits.example"), &server);
    for (const Forgery& forgery : kForgeries) {
      const Bytes packet = Packet(forgery, server.endpoint(), query.client,
                                  AnswerTo(query.message, forgery.ip_ttl));
      ASSERT_EQ(sendto(raw.get(), packet.data(), packet.size(), 0,
                       reinterpret_cast<const sockaddr*>(&link), sizeof(link)),
                static_cast<ssize_t>(packet.size()));
    }
    RunUntilClosed();
    engine_.reset();
  }

  std::string refused_;
};

TEST_F(HeaderBitsTest, AreThoseThatWereForged) {
  std::thread([this] { ForgeAll(); }).join();
  if (!refused_.empty()) GTEST_SKIP() << "not permitted: " << refused_;
  const auto& arrivals = witness_.queries[1].arrivals;
  ASSERT_EQ(arrivals.size(), std::size(kForgeries));
  for (const KeptArrival& arrival : arrivals) {
    const auto* const forgery =
        std::ranges::find(kForgeries, arrival.message.back(), &Forgery::ip_ttl);
    ASSERT_NE(forgery, std::end(kForgeries));
    EXPECT_EQ(arrival.told.ip_ttl, forgery->ip_ttl);
    EXPECT_EQ(arrival.told.dont_fragment, forgery->dont_fragment);
    EXPECT_EQ(arrival.told.ip_id_zero, forgery->ip_id == 0);
    EXPECT_TRUE(arrival.told.matches);
  }
}

TEST_F(UdpCaptureTest, HeaderBitsAreUnknownWhenSwitchedOff) {
  auto engine = UdpCapture::Open(
      {.ports = 1, .window = milliseconds(50), .header_bits = false},
      &witness_);
  ASSERT_TRUE(engine.ok());
  engine_ = *std::move(engine);
  const auto query =
      Ask(1, QuestionTo(server_.endpoint(), "bits.example"), &server_);
  server_.Send(query.client, AnswerTo(query.message, 1));
  RunUntilClosed();
  ASSERT_EQ(witness_.queries[1].arrivals.size(), 1u);
  EXPECT_EQ(witness_.queries[1].arrivals[0].told.dont_fragment, std::nullopt);
  EXPECT_EQ(witness_.queries[1].arrivals[0].told.ip_id_zero, std::nullopt);
}

}  // namespace
}  // namespace taster::capture
