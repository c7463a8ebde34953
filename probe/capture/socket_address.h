// SPDX-License-Identifier: Apache-2.0
// Endpoints in the form that socket calls take.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include "proto/net/endpoint.h"

namespace taster::capture {

union SocketAddress {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;
};

// Writes `endpoint` and returns the size that socket calls want.
socklen_t ToSocketAddress(const net::Endpoint& endpoint,
                          SocketAddress* address);

// REQUIRES: the family is AF_INET or AF_INET6.
net::Endpoint FromSocketAddress(const SocketAddress& address);

}  // namespace taster::capture
