// SPDX-License-Identifier: Apache-2.0
// c-ares channels: the system's servers, and one channel for one question.
#pragma once

#include <ares.h>

#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "proto/net/endpoint.h"

namespace taster::capture {

struct DestroyChannel {
  void operator()(ares_channel channel) const { ares_destroy(channel); }
};
using CaresChannel = std::unique_ptr<ares_channeldata, DestroyChannel>;

// Initialises c-ares once for the process.
absl::Status StartCares();

// UDP only, one try, no following of TC; keeps its sockets. Servers as the
// system configures them. Errors: Internal.
absl::StatusOr<CaresChannel> OpenCaresChannel();

// Makes `channel` ask `server` and no other. False when c-ares refuses.
bool PointAt(const net::Endpoint& server, ares_channel channel);

// Those of the channel, in the order in which c-ares asks them. Empty when the
// system names none (c-ares then supposes one on loopback).
std::vector<net::Endpoint> ServersOf(ares_channel channel);

}  // namespace taster::capture
