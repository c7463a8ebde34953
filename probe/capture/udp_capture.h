// SPDX-License-Identifier: Apache-2.0
// The engine: sends queries from unconnected sockets and keeps every datagram
// that answers until the window closes. Needs no privilege.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>

#include "absl/status/statusor.h"
#include "probe/capture/question.h"
#include "probe/capture/witness.h"

namespace taster::capture {

struct UdpCaptureOptions {
  int ports = 16;  // Local ports (each a group of reuseport sockets), 1 to 64.
  std::chrono::milliseconds window{5000};
  bool ipv6 = true;  // Open IPv6 sockets too.
  // Read DF and "IP-ID is zero" through a reuseport group of four sockets a
  // port. Falls back to "unknown" where the kernel refuses.
  bool header_bits = true;
  // For runs of many queries a second to few servers: saves about a third of
  // the cost of a query. Those queued queries that leave one port for one
  // server and are equally long reach the kernel as one buffer, which it cuts
  // (UDP_SEGMENT). The datagrams are the same, but they do not leave in the
  // order of asking, and who listens on this host (AF_PACKET, a virtual link)
  // may see the buffer uncut.
  bool bulk = false;
};

// Not thread-safe: one thread asks and runs. The witness may Ask from within a
// call; it must not Run, CancelAll or destroy the engine there.
class UdpCapture {
 public:
  static constexpr int kMaxPorts = 64;
  static constexpr std::chrono::minutes kMaxWindow{10};

  // Binds the ports; they stay bound until the engine is destroyed.
  // Errors: InvalidArgument, Unavailable (no IP at all), ResourceExhausted
  // (file descriptors or ports).
  static absl::StatusOr<std::unique_ptr<UdpCapture>> Open(
      const UdpCaptureOptions& options, Witness* witness);
  virtual ~UdpCapture() = default;

  // Queues one question. False when no transaction id is free on any port
  // (rate times window is larger than ports times 65,536), or when 4,096
  // questions are queued: run first.
  virtual bool Ask(const Question& question, Token token) = 0;

  // Sends what is queued, receives what has come, closes windows that are
  // over; waits at most `patience` when there is nothing to do.
  virtual absl::Status Run(std::chrono::milliseconds patience) = 0;

  // Queries that are queued or whose window is open.
  virtual std::size_t open_queries() const = 0;

  // Closes everything that is open with kCancelled.
  virtual void CancelAll() = 0;

  // Datagrams and ICMP errors that fit no open query (wrong port or id, or too
  // late).
  virtual std::uint64_t unsolicited() const = 0;
};

}  // namespace taster::capture
