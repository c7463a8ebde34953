// SPDX-License-Identifier: Apache-2.0
// ICMP errors that a socket's queries met, from the socket's error queue.
#pragma once

#include <cstdint>
#include <optional>

#include "probe/capture/clock_reading.h"
#include "probe/capture/witness.h"
#include "proto/net/endpoint.h"

namespace taster::capture {

struct IcmpError {
  net::IpAddress offender;
  std::uint8_t type = 0;
  std::uint8_t code = 0;
  bool v6 = false;            // The numbers are ICMPv6's.
  net::Endpoint destination;  // Of the query.
  // Transaction id of the query; nullopt where the router quoted no payload
  // (RFC 792 asks for 8 bytes only, which is the UDP header).
  std::optional<std::uint16_t> query_id;
  std::optional<Stamp> stamp;
};

// Takes the oldest ICMP error from the error queue of `fd`; nullopt when there
// is none. Errors of other origin are taken and passed over.
std::optional<IcmpError> TakeIcmpError(int fd);

// What the error says of the query; nullopt when it does not end it (such as
// "fragmentation needed").
std::optional<Outcome> OutcomeOf(const IcmpError& error);

}  // namespace taster::capture
