// SPDX-License-Identifier: Apache-2.0
// Opens, binds and groups sockets.
#include "probe/capture/port_sockets.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "probe/capture/reuseport_filter.h"
#include "probe/capture/socket_address.h"

namespace taster::capture {
namespace {

// A burst of replies must wait for the next pass; capped by net.core.rmem_max.
constexpr int kReceiveBufferBytes = 1 << 20;

void SwitchOn(int fd, int level, int option) {
  const int on = 1;
  setsockopt(fd, level, option, &on, sizeof(on));
}

absl::Status Failed(const std::string& what) {
  const std::string text = what + ": " + std::strerror(errno);
  if (errno == EAFNOSUPPORT || errno == EADDRNOTAVAIL) {
    return absl::UnavailableError(text);
  }
  return absl::ResourceExhaustedError(text);
}

absl::StatusOr<OwnedFd> OpenSocket(int family) {
  OwnedFd fd(socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd) return Failed("open UDP socket");
  SwitchOnEvidence(fd.get(), family);
  if (family == AF_INET6) SwitchOn(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY);
  setsockopt(fd.get(), SOL_SOCKET, SO_RCVBUF, &kReceiveBufferBytes,
             sizeof(kReceiveBufferBytes));
  return fd;
}

// Port 0: the kernel chooses. Returns the port bound.
absl::StatusOr<std::uint16_t> Bind(int fd, int family, std::uint16_t port) {
  net::IpAddress any;
  if (family == AF_INET6) any = net::IpAddress::FromV6({});
  SocketAddress address;
  socklen_t size = ToSocketAddress({any, port}, &address);
  if (bind(fd, &address.any, size) != 0) return Failed("bind UDP socket");
  if (getsockname(fd, &address.any, &size) != 0) return Failed("read port");
  return FromSocketAddress(address).port;
}

// Adds three members to the one that is bound, and the filter. On failure the
// group is unfit for use, since the kernel would spread datagrams by hash.
bool JoinGroup(PortSockets* sockets) {
  while (sockets->v4.size() < kHeaderBitMembers) {
    auto member = OpenSocket(AF_INET);
    if (!member.ok()) return false;
    SwitchOn(member->get(), SOL_SOCKET, SO_REUSEPORT);
    if (!Bind(member->get(), AF_INET, sockets->v4_port).ok()) return false;
    sockets->v4.push_back(*std::move(member));
  }
  return AttachHeaderBits(sockets->v4.front().get());
}

absl::Status OpenV4(bool header_bits, PortSockets* sockets) {
  auto first = OpenSocket(AF_INET);
  if (!first.ok()) return first.status();
  // Not yet reusable while the kernel chooses the port: it might choose one
  // that another group of this user holds, and join us to it.
  auto port = Bind(first->get(), AF_INET, 0);
  if (!port.ok()) return port.status();
  sockets->v4_port = *port;
  if (header_bits) SwitchOn(first->get(), SOL_SOCKET, SO_REUSEPORT);
  sockets->v4.push_back(*std::move(first));
  if (!header_bits || JoinGroup(sockets)) return absl::OkStatus();
  sockets->v4.clear();
  return OpenV4(false, sockets);
}

absl::Status OpenV6(PortSockets* sockets) {
  auto only = OpenSocket(AF_INET6);
  if (!only.ok()) return only.status();
  auto port = Bind(only->get(), AF_INET6, sockets->v4_port);
  if (!port.ok()) port = Bind(only->get(), AF_INET6, 0);
  if (!port.ok()) return port.status();
  sockets->v6_port = *port;
  sockets->v6 = *std::move(only);
  return absl::OkStatus();
}

}  // namespace

void SwitchOnEvidence(int fd, int family) {
  SwitchOn(fd, SOL_SOCKET, SO_TIMESTAMPNS);
  if (family == AF_INET) {
    SwitchOn(fd, IPPROTO_IP, IP_RECVTTL);
    SwitchOn(fd, IPPROTO_IP, IP_RECVERR);
  } else {
    SwitchOn(fd, IPPROTO_IPV6, IPV6_RECVHOPLIMIT);
    SwitchOn(fd, IPPROTO_IPV6, IPV6_RECVERR);
  }
}

absl::StatusOr<PortSockets> OpenFamilySockets(int family) {
  PortSockets sockets;
  const absl::Status opened =
      family == AF_INET ? OpenV4(true, &sockets) : OpenV6(&sockets);
  if (!opened.ok()) return opened;
  return sockets;
}

absl::StatusOr<PortSockets> OpenPortSockets(const UdpCaptureOptions& options) {
  PortSockets sockets;
  const absl::Status v4 = OpenV4(options.header_bits, &sockets);
  if (!v4.ok() && !absl::IsUnavailable(v4)) return v4;
  if (options.ipv6) {
    const absl::Status v6 = OpenV6(&sockets);
    if (!v6.ok() && !absl::IsUnavailable(v6)) return v6;
  }
  if (sockets.v4.empty() && !sockets.v6) {
    return absl::UnavailableError("the system has neither IPv4 nor IPv6");
  }
  return sockets;
}

}  // namespace taster::capture
