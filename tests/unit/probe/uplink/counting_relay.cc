// SPDX-License-Identifier: Apache-2.0
// One connection at a time is enough for a test.
#include "tests/unit/probe/uplink/counting_relay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace taster::uplink {
namespace {

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

// Bytes moved; 0 when the stream is over.
std::size_t Move(int from, int to) {
  std::array<char, 16'384> buffer{};
  const ssize_t got = ::recv(from, buffer.data(), buffer.size(), 0);
  if (got <= 0) return 0;
  const auto size = static_cast<std::size_t>(got);
  return ::send(to, buffer.data(), size, MSG_NOSIGNAL) == got ? size : 0;
}

}  // namespace

CountingRelay::CountingRelay(int to_port) : to_port_(to_port) {
  listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
  auto address = Loopback(0);
  socklen_t size = sizeof(address);
  ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
  ::listen(listener_, 4);
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { Serve(); });
}

CountingRelay::~CountingRelay() {
  stop_ = true;
  thread_.join();
  ::close(listener_);
}

void CountingRelay::Serve() {
  while (!stop_) {
    pollfd ready{listener_, POLLIN, 0};
    if (::poll(&ready, 1, 20) <= 0) continue;
    const int client = ::accept(listener_, nullptr, nullptr);
    if (client < 0) continue;
    Relay(client);
    ::close(client);
  }
}

void CountingRelay::Relay(int client) {
  const int server = ::socket(AF_INET, SOCK_STREAM, 0);
  auto address = Loopback(to_port_);
  bool open = ::connect(server, reinterpret_cast<sockaddr*>(&address),
                        sizeof(address)) == 0;
  while (open && !stop_) {
    std::array<pollfd, 2> ready{pollfd{client, POLLIN, 0},
                                pollfd{server, POLLIN, 0}};
    if (::poll(ready.data(), ready.size(), 20) <= 0) continue;
    if (ready[0].revents != 0) {
      const auto moved = Move(client, server);
      client_bytes_ += moved;
      open = moved > 0;
    }
    if (open && ready[1].revents != 0) open = Move(server, client) > 0;
  }
  ::close(server);
}

}  // namespace taster::uplink
