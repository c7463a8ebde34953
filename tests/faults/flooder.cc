// SPDX-License-Identifier: Apache-2.0
// Answers a query on a loopback port not once but as often as a core can, until
// the next query comes, and for SECONDS after the first; from then on once.
//
// flooder SECONDS: prints its port; at SIGTERM, how many queries came, how many
// replies left, and for how many milliseconds it flooded.
#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kQueryBytes = 512;
constexpr std::size_t kSegments = 64;  // UDP_MAX_SEGMENTS of Linux 6.1.

volatile std::sig_atomic_t stop = 0;

// The reply to a query: one address record. Empty for what is no query.
std::vector<std::uint8_t> ReplyTo(const std::uint8_t* query, std::size_t size) {
  std::size_t end = 12;
  while (end < size && query[end] != 0) end += std::size_t{1} + query[end];
  end += 5;
  if (size < 17 || end > size) return {};
  constexpr std::array<std::uint8_t, 16> kRecord{
      0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1};
  std::vector<std::uint8_t> reply(end + kRecord.size());
  std::copy_n(query, end, reply.begin());
  std::ranges::copy(kRecord, reply.begin() + static_cast<std::ptrdiff_t>(end));
  reply[2] |= 0x80;  // QR
  reply[3] |= 0x80;  // RA
  reply[7] = 1;      // ANCOUNT
  reply[11] = 0;     // ARCOUNT
  return reply;
}

int Bind() {
  const int fd = socket(AF_INET, SOCK_DGRAM, 0);
  const int buffer = 8 << 20;
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof(buffer));
  sockaddr_in local{};
  local.sin_family = AF_INET;
  local.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(local);
  if (bind(fd, reinterpret_cast<sockaddr*>(&local), size) != 0) std::abort();
  getsockname(fd, reinterpret_cast<sockaddr*>(&local), &size);
  std::printf("%d\n", ntohs(local.sin_port));
  std::fflush(stdout);
  return fd;
}

struct Flood {
  sockaddr_in client{};
  std::vector<std::uint8_t> burst;  // One reply, kSegments times.
  std::size_t reply_bytes = 0;
};

// Takes the next query, if there is one. Waits for it when `patiently`.
bool Take(int fd, bool patiently, Flood* flood) {
  std::array<std::uint8_t, kQueryBytes> query;
  socklen_t size = sizeof(flood->client);
  const ssize_t got =
      recvfrom(fd, query.data(), query.size(), patiently ? 0 : MSG_DONTWAIT,
               reinterpret_cast<sockaddr*>(&flood->client), &size);
  if (got <= 0) return false;
  const auto reply = ReplyTo(query.data(), static_cast<std::size_t>(got));
  if (reply.empty()) return false;
  flood->reply_bytes = reply.size();
  flood->burst.clear();
  for (std::size_t i = 0; i < kSegments; ++i) {
    flood->burst.insert(flood->burst.end(), reply.begin(), reply.end());
  }
  return true;
}

// How many replies left.
std::uint64_t Send(int fd, const Flood& flood, std::size_t replies) {
  const int segment = static_cast<int>(flood.reply_bytes);
  setsockopt(fd, SOL_UDP, UDP_SEGMENT, &segment, sizeof(segment));
  const ssize_t sent = sendto(
      fd, flood.burst.data(), replies * flood.reply_bytes, 0,
      reinterpret_cast<const sockaddr*>(&flood.client), sizeof(flood.client));
  return sent <= 0 ? 0 : static_cast<std::uint64_t>(sent) / flood.reply_bytes;
}

}  // namespace

int main(int argc, char** argv) {
  const std::chrono::seconds lasts(argc > 1 ? std::atoi(argv[1]) : 1);
  // Without SA_RESTART: a wait for a query ends.
  struct sigaction action {};
  action.sa_handler = [](int) { stop = 1; };
  sigaction(SIGTERM, &action, nullptr);
  const int fd = Bind();
  Flood flood;
  std::uint64_t queries = 0;
  std::uint64_t replies = 0;
  Clock::time_point begun{};
  Clock::time_point last{};
  while (stop == 0) {
    const bool floods = queries > 0 && Clock::now() - begun < lasts;
    const bool is_new = Take(fd, !floods, &flood);
    if (is_new && queries++ == 0) begun = Clock::now();
    if (floods) {
      replies += Send(fd, flood, kSegments);
      last = Clock::now();
    } else if (is_new) {
      replies += Send(fd, flood, 1);
    }
  }
  const auto flooded =
      std::chrono::duration_cast<std::chrono::milliseconds>(last - begun);
  std::printf("queries=%llu replies=%llu milliseconds=%lld\n",
              static_cast<unsigned long long>(queries),
              static_cast<unsigned long long>(replies),
              static_cast<long long>(flooded.count()));
  return 0;
}
