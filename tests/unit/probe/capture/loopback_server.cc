// SPDX-License-Identifier: Apache-2.0
// Sockets and messages for the tests of the engine.
#include "tests/unit/probe/capture/loopback_server.h"

#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <iterator>

#include "probe/capture/inbox.h"
#include "probe/capture/port_sockets.h"
#include "probe/capture/socket_address.h"

namespace taster::capture {

LoopbackServer::LoopbackServer(const net::IpAddress& address)
    : fd_(socket(address.is_v4() ? AF_INET : AF_INET6,
                 SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
  SocketAddress local{};
  socklen_t size = ToSocketAddress({address, 0}, &local);
  if (bind(fd_.get(), &local.any, size) != 0) std::abort();
  getsockname(fd_.get(), &local.any, &size);
  endpoint_ = FromSocketAddress(local);
  // Also shows the ICMP errors that the engine's host might send.
  SwitchOnEvidence(fd_.get(), address.is_v4() ? AF_INET : AF_INET6);
  const timeval second{1, 0};
  setsockopt(fd_.get(), SOL_SOCKET, SO_RCVTIMEO, &second, sizeof(second));
}

std::optional<ReceivedQuery> LoopbackServer::Receive() {
  ReceivedQuery query;
  query.message.resize(4096);
  SocketAddress client{};
  alignas(cmsghdr) std::array<std::uint8_t, 128> control{};
  iovec part{query.message.data(), query.message.size()};
  msghdr header{};
  header.msg_name = &client;
  header.msg_namelen = sizeof(client);
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  const ssize_t got = recvmsg(fd_.get(), &header, 0);
  if (got < 0) return {};
  query.message.resize(static_cast<std::size_t>(got));
  query.client = FromSocketAddress(client);
  std::optional<Stamp> stamp;
  std::optional<std::uint8_t> ip_ttl;
  ReadControl(&header, &stamp, &ip_ttl);
  if (ip_ttl) query.ip_ttl = *ip_ttl;
  return query;
}

void LoopbackServer::Send(const net::Endpoint& to,
                          std::span<const std::uint8_t> message) {
  SocketAddress client{};
  const socklen_t size = ToSocketAddress(to, &client);
  if (sendto(fd_.get(), message.data(), message.size(), 0, &client.any, size) <
      0) {
    std::abort();
  }
}

Bytes AnswerTo(const Bytes& query, std::uint8_t last_octet) {
  Bytes answer = query;
  answer[2] |= 0x80;  // QR
  answer[7] = 1;      // ANCOUNT
  answer[11] = 0;     // The OPT record is cut off below.
  std::size_t end = 12;
  while (query[end] != 0) end += std::size_t{1} + query[end];
  answer.resize(end + 5);
  const std::array<std::uint8_t, 16> record{
      0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, last_octet};
  answer.insert(answer.end(), record.begin(), record.end());
  return answer;
}

Question QuestionTo(const net::Endpoint& server, const char* qname) {
  Question question;
  question.qname = *dns::Name::Parse(qname);
  question.shape.edns = false;
  question.shape.dnssec_ok = false;
  question.server = server;
  return question;
}

int CountOpenFds() {
  const std::filesystem::directory_iterator open("/proc/self/fd");
  return static_cast<int>(std::distance(begin(open), end(open)));
}

}  // namespace taster::capture
