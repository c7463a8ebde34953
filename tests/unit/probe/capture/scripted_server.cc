// SPDX-License-Identifier: Apache-2.0
// Blocking sockets, a thread a connection.
#include "tests/unit/probe/capture/scripted_server.h"

#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <cstdlib>
#include <utility>

#include "probe/capture/socket_address.h"

namespace taster::capture {

OwnedFd Listen(int backlog, net::Endpoint* endpoint,
               const net::IpAddress& address) {
  SocketAddress local{};
  socklen_t size = ToSocketAddress({address, 0}, &local);
  OwnedFd fd(socket(local.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!fd || bind(fd.get(), &local.any, size) != 0) return OwnedFd();
  if (listen(fd.get(), backlog) != 0 ||
      getsockname(fd.get(), &local.any, &size) != 0) {
    std::abort();
  }
  *endpoint = FromSocketAddress(local);
  return fd;
}

Bytes Framed(const Bytes& message) {
  Bytes framed{static_cast<std::uint8_t>(message.size() >> 8),
               static_cast<std::uint8_t>(message.size())};
  framed.insert(framed.end(), message.begin(), message.end());
  return framed;
}

Bytes ScriptedConnection::Receive() {
  Bytes bytes(65536);
  const ssize_t got = recv(fd_.get(), bytes.data(), bytes.size(), 0);
  bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return bytes;
}

Bytes ScriptedConnection::ReceiveQuery() {
  Bytes stream;
  while (stream.size() < 2 ||
         stream.size() < std::size_t{2} + (stream[0] << 8 | stream[1])) {
    const Bytes part = Receive();
    if (part.empty()) return {};
    stream.insert(stream.end(), part.begin(), part.end());
  }
  return {stream.begin() + 2, stream.end()};
}

void ScriptedConnection::Send(const Bytes& bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t part =
        send(fd_.get(), bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (part < 0) return;
    sent += static_cast<std::size_t>(part);
  }
}

void ScriptedConnection::Reset() {
  const linger now{1, 0};
  setsockopt(fd_.get(), SOL_SOCKET, SO_LINGER, &now, sizeof(now));
  fd_ = OwnedFd();
}

void ScriptedConnection::AwaitEnd() {
  while (!Receive().empty()) {
  }
}

ScriptedServer::ScriptedServer(Script script, const net::IpAddress& address)
    : script_(std::move(script)), listener_(Listen(512, &endpoint_, address)) {
  acceptor_ = std::thread([this] { Accept(); });
}

ScriptedServer::~ScriptedServer() {
  // Wakes the acceptor.
  shutdown(listener_.get(), SHUT_RDWR);
  acceptor_.join();
}

void ScriptedServer::Accept() {
  while (true) {
    const int fd = accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) break;
    const timeval patience{5, 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    connections_.emplace_back([this, fd] {
      // A library that writes to a closed connection must not end the test;
      // the thread under test stays as it is.
      sigset_t pipe;
      sigemptyset(&pipe);
      sigaddset(&pipe, SIGPIPE);
      pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
      ScriptedConnection connection(fd);
      script_(&connection);
    });
  }
  for (std::thread& connection : connections_) connection.join();
}

}  // namespace taster::capture
