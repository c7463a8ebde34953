// SPDX-License-Identifier: Apache-2.0
// An address with a port.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "proto/net/ip_address.h"

namespace taster::net {

struct Endpoint {
  IpAddress address;
  std::uint16_t port = 0;

  // "192.0.2.1:53", "[2001:db8::1]:53", or an address alone, which takes
  // `default_port`. nullopt when malformed.
  static std::optional<Endpoint> Parse(std::string_view text,
                                       std::uint16_t default_port);

  // "192.0.2.1:53" or "[2001:db8::1]:53".
  std::string ToString() const;

  friend constexpr auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

}  // namespace taster::net
