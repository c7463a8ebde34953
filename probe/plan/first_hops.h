// SPDX-License-Identifier: Apache-2.0
// Which routers of a trace may be named: never the volunteer's own.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>

#include "proto/net/ip_address.h"

namespace taster::plan {

// The routers near a home tell where it is. Named are those that a step beyond
// the second and beyond the first public router drew, if they are public, drew
// no nearer step as well, and are neither an address of this machine nor in
// one /48 with it. Everything is withheld of a path on which that leaves
// nothing; nothing is in a lab.
class FirstHops {
 public:
  // `own`: public addresses of this machine.
  FirstHops(bool lab, std::span<const net::IpAddress> own);

  // `router` said that a query of this IP TTL expired.
  void Note(std::uint8_t ip_ttl, const net::IpAddress& router);

  // Whether its address may be recorded. Ask when all have been noted.
  bool MayName(std::uint8_t ip_ttl, const net::IpAddress& router) const;

 private:
  // The highest step whose routers are withheld.
  int LastWithheld() const;
  bool IsOwn(const net::IpAddress& router) const;

  bool lab_;
  std::set<net::IpAddress> own_;
  std::map<std::uint8_t, std::set<net::IpAddress>> routers_;  // By step.
};

}  // namespace taster::plan
