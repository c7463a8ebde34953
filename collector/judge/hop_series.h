// SPDX-License-Identifier: Apache-2.0
// A TTL-limited series: what each step of a trace drew.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "collector/judge/case.h"
#include "proto/net/ip_address.h"

namespace taster::judge {

// What is known of where a reply came from, before the series is looked at.
enum class Origin : std::uint8_t {
  kUnknown,
  kForged,   // A rule fired on it.
  kGenuine,  // A rule exonerates it.
};

struct TraceReply {
  // Remaining IP TTL or hop limit; nullopt: the system did not show it.
  std::optional<std::uint8_t> ip_ttl;
  bool has_opt = false;
  // Header facts that one injector keeps from reply to reply. Replies that
  // look different are taken to come from different injectors.
  std::uint8_t look = 0;
  Origin origin = Origin::kUnknown;
};

// One query of a series. All queries of one share their 5-tuple.
struct TraceTry {
  bool control_name = false;      // Else the target.
  std::uint8_t query_ip_ttl = 0;  // The query left with it; at least 1.
  std::vector<TraceReply> replies{};
  // Who sent Time Exceeded for it; nullopt: nobody, or it is withheld.
  std::optional<net::IpAddress> router{};
};

// The replies of one question of a trace. Those that do not match their
// question are left out, and who made a reply is left open; `router` too.
// REQUIRES: a role of traces.
TraceTry ReadTry(const Asked& asked, std::uint8_t query_ip_ttl);

// Who most of the Time Exceeded for queries of IP TTL `hop` came from; nullopt
// when nobody, or as many from somebody else. Anyone can forge those: a name
// for people, never a premise.
std::optional<net::IpAddress> RouterAt(const std::vector<TraceTry>& series,
                                       std::uint8_t hop);

}  // namespace taster::judge
