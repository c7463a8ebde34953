// SPDX-License-Identifier: Apache-2.0
// Answers every query on a loopback port as fast as one core allows, with
// one or more A records sent as one datagram each.
//
// responder ANSWERS: prints its port; at SIGTERM, how many queries came and
// how many replies left.
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace {

constexpr std::size_t kBatch = 64;
constexpr std::size_t kMaxAnswers = 4;
constexpr std::size_t kQueryBytes = 512;
constexpr std::size_t kReplyBytes = kQueryBytes + 16;

volatile std::sig_atomic_t stop = 0;

struct Batch {
  std::array<mmsghdr, kBatch> received{};
  std::array<iovec, kBatch> received_parts{};
  std::array<sockaddr_in, kBatch> clients{};
  std::array<std::array<std::uint8_t, kQueryBytes>, kBatch> queries{};
  std::array<mmsghdr, kBatch * kMaxAnswers> replies{};
  std::array<iovec, kBatch * kMaxAnswers> reply_parts{};
  std::array<std::array<std::uint8_t, kReplyBytes>, kBatch * kMaxAnswers>
      messages{};
};

// Writes the reply and returns its size; 0 for what is no query.
std::size_t WriteReply(const std::uint8_t* query, std::size_t size,
                       std::uint8_t last_octet, std::uint8_t* reply) {
  if (size < 17) return 0;
  std::size_t end = 12;
  while (end < size && query[end] != 0) end += std::size_t{1} + query[end];
  end += 5;
  if (end > size) return 0;
  std::memcpy(reply, query, end);
  reply[2] |= 0x80;  // QR
  reply[3] |= 0x80;  // RA
  reply[7] = 1;      // ANCOUNT
  reply[11] = 0;     // ARCOUNT
  const std::array<std::uint8_t, 16> record{
      0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, last_octet};
  std::memcpy(reply + end, record.data(), record.size());
  return end + record.size();
}

// Fills the replies to `count` queries; returns how many there are.
std::size_t WriteReplies(std::size_t count, std::size_t answers, Batch* batch) {
  std::size_t used = 0;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t answer = 1; answer <= answers; ++answer) {
      auto& message = batch->messages[used];
      const std::size_t size =
          WriteReply(batch->queries[i].data(), batch->received[i].msg_len,
                     static_cast<std::uint8_t>(answer), message.data());
      if (size == 0) continue;
      batch->reply_parts[used] = {message.data(), size};
      msghdr& header = batch->replies[used].msg_hdr;
      header.msg_name = &batch->clients[i];
      header.msg_namelen = sizeof(sockaddr_in);
      header.msg_iov = &batch->reply_parts[used];
      header.msg_iovlen = 1;
      ++used;
    }
  }
  return used;
}

std::size_t Receive(int fd, Batch* batch) {
  for (std::size_t i = 0; i < kBatch; ++i) {
    batch->received_parts[i] = {batch->queries[i].data(), kQueryBytes};
    msghdr& header = batch->received[i].msg_hdr;
    header.msg_name = &batch->clients[i];
    header.msg_namelen = sizeof(sockaddr_in);
    header.msg_iov = &batch->received_parts[i];
    header.msg_iovlen = 1;
  }
  const int got =
      recvmmsg(fd, batch->received.data(), kBatch, MSG_WAITFORONE, nullptr);
  return static_cast<std::size_t>(std::max(got, 0));
}

int Bind() {
  const int fd = socket(AF_INET, SOCK_DGRAM, 0);
  const int buffer = 8 << 20;
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof(buffer));
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof(buffer));
  // So that the loop sees SIGTERM even when it comes between two calls.
  const timeval wake{0, 200'000};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wake, sizeof(wake));
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

}  // namespace

int main(int argc, char** argv) {
  const auto answers = static_cast<std::size_t>(
      std::clamp(argc > 1 ? std::atoi(argv[1]) : 1, 1, int{kMaxAnswers}));
  std::signal(SIGTERM, [](int) { stop = 1; });
  const int fd = Bind();
  const auto batch = std::make_unique<Batch>();
  unsigned long long queries = 0;
  unsigned long long replies = 0;
  while (stop == 0) {
    const std::size_t count = Receive(fd, batch.get());
    queries += count;
    const std::size_t ready = WriteReplies(count, answers, batch.get());
    for (std::size_t sent = 0; sent < ready;) {
      const int now = sendmmsg(fd, batch->replies.data() + sent,
                               static_cast<unsigned>(ready - sent), 0);
      if (now <= 0) break;
      sent += static_cast<std::size_t>(now);
      replies += static_cast<unsigned long long>(now);
    }
  }
  std::printf("queries=%llu replies=%llu\n", queries, replies);
  return 0;
}
