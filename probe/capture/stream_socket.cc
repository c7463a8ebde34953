// SPDX-License-Identifier: Apache-2.0
// Socket calls of a connection.
#include "probe/capture/stream_socket.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>

#include "probe/capture/socket_address.h"
#include "probe/capture/testimony.h"

namespace taster::capture {
namespace {

void SetBoth(int fd, int option_v4, int option_v6, int value) {
  // The one of the other family fails, and nothing comes of it.
  setsockopt(fd, IPPROTO_IP, option_v4, &value, sizeof(value));
  setsockopt(fd, IPPROTO_IPV6, option_v6, &value, sizeof(value));
}

}  // namespace

OwnedFd BeginToConnect(const net::Endpoint& server,
                       std::optional<std::uint8_t> ip_ttl) {
  SocketAddress address{};
  const socklen_t size = ToSocketAddress(server, &address);
  OwnedFd fd(socket(address.any.sa_family,
                    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd) return fd;
  SetBoth(fd.get(), IP_RECVERR, IPV6_RECVERR, 1);
  if (ip_ttl) SetBoth(fd.get(), IP_TTL, IPV6_UNICAST_HOPS, *ip_ttl);
  const int on = 1;
  setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  if (connect(fd.get(), &address.any, size) != 0 && errno != EINPROGRESS) {
    const int error = errno;
    fd = OwnedFd();
    errno = error;
  }
  return fd;
}

std::uint16_t LocalPort(int fd) {
  SocketAddress address{};
  socklen_t size = sizeof(address);
  if (getsockname(fd, &address.any, &size) != 0) return 0;
  return FromSocketAddress(address).port;
}

int TakeConnectError(int fd) {
  int error = 0;
  socklen_t size = sizeof(error);
  if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0) return errno;
  if (error != 0) return error;
  // An ICMP error that waits to be read wakes a caller too.
  SocketAddress peer{};
  size = sizeof(peer);
  return getpeername(fd, &peer.any, &size) == 0 ? 0 : EINPROGRESS;
}

void StopReportingIcmp(int fd) { SetBoth(fd, IP_RECVERR, IPV6_RECVERR, 0); }

Outcome OutcomeOfStream(int error) {
  switch (error) {
    // What Linux makes of a reset depends on the state that it met.
    case ECONNREFUSED:
      return Outcome::kRefused;
    case ECONNRESET:
    case EPIPE:
      return Outcome::kReset;
    case ETIMEDOUT:
      return Outcome::kTimeout;
    case EHOSTUNREACH:
    case EHOSTDOWN:
      return Outcome::kHostUnreachable;
    default:
      return OutcomeOfSend(error);
  }
}

}  // namespace taster::capture
