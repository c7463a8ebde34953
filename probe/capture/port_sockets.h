// SPDX-License-Identifier: Apache-2.0
// The sockets of one local port: an IPv4 reuseport group and an IPv6 socket.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "probe/capture/owned_fd.h"
#include "probe/capture/udp_capture.h"

namespace taster::capture {

// All unconnected and non-blocking, with kernel receive stamps, IP TTL and
// ICMP errors switched on. Queries leave by v4[0] or v6.
struct PortSockets {
  // Empty: no IPv4 here. Four with header bits, else one.
  std::vector<OwnedFd> v4;
  OwnedFd v6;  // None: no IPv6 here, or not wanted.
  // 0 where there is no socket. The same number where the system allows.
  std::uint16_t v4_port = 0;
  std::uint16_t v6_port = 0;

  bool header_bits() const { return v4.size() > 1; }
};

// A port that the kernel chooses. Errors: Unavailable when the system has
// neither IPv4 nor IPv6; ResourceExhausted when sockets or ports run out.
absl::StatusOr<PortSockets> OpenPortSockets(const UdpCaptureOptions& options);

// A port of one family alone (AF_INET or AF_INET6), with header bits where the
// system has them. Errors as above.
absl::StatusOr<PortSockets> OpenFamilySockets(int family);

// Options that every capturing socket has, our own or c-ares's. Stamps and TTL
// may be refused (then they stay unknown); ICMP errors likewise.
void SwitchOnEvidence(int fd, int family);

}  // namespace taster::capture
