// SPDX-License-Identifier: Apache-2.0
// Queries for A, and replies in the shapes of those who send them.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "proto/dns/name.h"
#include "proto/net/ip_address.h"

namespace taster::load {

// RD=1, no EDNS.
std::string Query(const dns::Name& name, std::uint16_t id);

// What the header and the records of a reply look like.
struct Shape {
  bool aa = false;
  std::uint32_t rr_ttl = 300;  // Seconds.
};

// To a query of Query.
std::string Reply(const dns::Name& name, std::uint16_t id,
                  std::span<const net::IpAddress> addresses,
                  const Shape& shape = {});

}  // namespace taster::load
