// SPDX-License-Identifier: Apache-2.0
// A TCP connection to a server that never blocks, and what the kernel says of
// its end.
#pragma once

#include <cstdint>
#include <optional>

#include "probe/capture/owned_fd.h"
#include "probe/capture/question.h"
#include "probe/capture/witness.h"

namespace taster::capture {

// Begins to connect, from a port of the kernel's choice. `ip_ttl` nullopt: the
// system default. ICMP errors for its SYN wait in the error queue
// (TakeIcmpError), with their offender. On failure owns nothing, and errno
// says why.
OwnedFd BeginToConnect(const net::Endpoint& server,
                       std::optional<std::uint8_t> ip_ttl);

// The local port; 0 when the kernel does not tell.
std::uint16_t LocalPort(int fd);

// Of a connection that is being made: 0 when it stands, EINPROGRESS while that
// is open, else the errno that ended it. ECONNRESET and EPIPE: it stood.
int TakeConnectError(int fd);

// From now on ICMP errors no longer show at the connection: once it stands,
// anyone who guesses its ports could make one. Take those that wait first.
void StopReportingIcmp(int fd);

// What an errno means that ended a connection, or the attempt to make one.
Outcome OutcomeOfStream(int error);

}  // namespace taster::capture
