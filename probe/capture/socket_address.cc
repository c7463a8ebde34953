// SPDX-License-Identifier: Apache-2.0
// Copies addresses between net::Endpoint and sockaddr.
#include "probe/capture/socket_address.h"

#include <array>
#include <cstring>

namespace taster::capture {

socklen_t ToSocketAddress(const net::Endpoint& endpoint,
                          SocketAddress* address) {
  const auto bytes = endpoint.address.bytes();
  if (endpoint.address.is_v4()) {
    address->v4 = {};
    address->v4.sin_family = AF_INET;
    address->v4.sin_port = htons(endpoint.port);
    std::memcpy(&address->v4.sin_addr, bytes.data(), 4);
    return sizeof(address->v4);
  }
  address->v6 = {};
  address->v6.sin6_family = AF_INET6;
  address->v6.sin6_port = htons(endpoint.port);
  std::memcpy(&address->v6.sin6_addr, bytes.data(), 16);
  return sizeof(address->v6);
}

net::Endpoint FromSocketAddress(const SocketAddress& address) {
  if (address.any.sa_family == AF_INET) {
    return {net::IpAddress::FromV4(ntohl(address.v4.sin_addr.s_addr)),
            ntohs(address.v4.sin_port)};
  }
  std::array<std::uint8_t, 16> bytes{};
  std::memcpy(bytes.data(), &address.v6.sin6_addr, bytes.size());
  return {net::IpAddress::FromV6(bytes), ntohs(address.v6.sin6_port)};
}

}  // namespace taster::capture
