// SPDX-License-Identifier: Apache-2.0
// recvmsg(MSG_ERRQUEUE) of ip(7) and ipv6(7).
#include "probe/capture/icmp_error.h"

#include <linux/errqueue.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstring>
#include <span>

#include "probe/capture/inbox.h"
#include "probe/capture/socket_address.h"

namespace taster::capture {
namespace {

// The extended error and, behind it, the offender's address (where the system
// knows it). False unless an ICMP message is its origin.
bool ReadExtended(msghdr* header, IcmpError* error) {
  for (cmsghdr* part = CMSG_FIRSTHDR(header); part != nullptr;
       part = CMSG_NXTHDR(header, part)) {
    const bool v4 =
        part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_RECVERR;
    const bool v6 =
        part->cmsg_level == IPPROTO_IPV6 && part->cmsg_type == IPV6_RECVERR;
    if (!v4 && !v6) continue;
    sock_extended_err extended{};
    std::memcpy(&extended, CMSG_DATA(part), sizeof(extended));
    if (extended.ee_origin != SO_EE_ORIGIN_ICMP &&
        extended.ee_origin != SO_EE_ORIGIN_ICMP6) {
      return false;
    }
    error->v6 = extended.ee_origin == SO_EE_ORIGIN_ICMP6;
    error->type = extended.ee_type;
    error->code = extended.ee_code;
    SocketAddress offender{};
    std::memcpy(&offender, CMSG_DATA(part) + sizeof(extended),
                v6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in));
    if (offender.any.sa_family == AF_INET ||
        offender.any.sa_family == AF_INET6) {
      error->offender = FromSocketAddress(offender).address;
    }
    return true;
  }
  return false;
}

// Destination unreachable (RFC 792, RFC 1122 section 3.2.2.1, RFC 1812
// section 5.2.7.1).
std::optional<Outcome> UnreachableV4(std::uint8_t code) {
  switch (code) {
    case 0:
    case 6:
    case 11:
      return Outcome::kNetworkUnreachable;
    case 1:
    case 5:
    case 7:
    case 8:
    case 12:
      return Outcome::kHostUnreachable;
    case 2:
    case 3:
      return Outcome::kPortUnreachable;
    case 9:
    case 10:
    case 13:
    case 14:
    case 15:
      return Outcome::kProhibited;
    default:
      return {};
  }
}

// RFC 4443 section 3.1.
std::optional<Outcome> UnreachableV6(std::uint8_t code) {
  switch (code) {
    case 0:
    case 2:
      return Outcome::kNetworkUnreachable;
    case 3:
      return Outcome::kHostUnreachable;
    case 4:
      return Outcome::kPortUnreachable;
    case 1:
    case 5:
    case 6:
      return Outcome::kProhibited;
    default:
      return {};
  }
}

}  // namespace

std::optional<IcmpError> TakeIcmpError(int fd) {
  while (true) {
    std::array<std::uint8_t, 64> quoted{};
    alignas(cmsghdr) std::array<std::uint8_t, 512> control{};
    SocketAddress destination{};
    iovec part{quoted.data(), quoted.size()};
    msghdr header{};
    header.msg_name = &destination;
    header.msg_namelen = sizeof(destination);
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
    const ssize_t size = recvmsg(fd, &header, MSG_ERRQUEUE | MSG_DONTWAIT);
    if (size < 0) return {};

    IcmpError error;
    if (!ReadExtended(&header, &error)) continue;
    std::optional<std::uint8_t> ignored_ttl;
    ReadControl(&header, &error.stamp, &ignored_ttl);
    if (header.msg_namelen > 0) {
      error.destination = FromSocketAddress(destination);
    }
    if (size >= 2) {
      error.query_id = static_cast<std::uint16_t>(quoted[0] << 8 | quoted[1]);
    }
    return error;
  }
}

std::optional<Outcome> OutcomeOf(const IcmpError& error) {
  // ICMP 3 is "unreachable" and 11 "time exceeded"; ICMPv6 has 1 and 3.
  if (error.v6) {
    if (error.type == 1) return UnreachableV6(error.code);
    if (error.type == 3) return Outcome::kTtlExceeded;
    return {};
  }
  if (error.type == 3) return UnreachableV4(error.code);
  if (error.type == 11) return Outcome::kTtlExceeded;
  return {};
}

}  // namespace taster::capture
