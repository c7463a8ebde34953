// SPDX-License-Identifier: Apache-2.0
// What the censor is told: names, pools and where it looks.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tests/lab/censor/blocklist.h"
#include "tests/lab/censor/network_rules.h"
#include "tests/lab/censor/packet.h"
#include "tests/lab/censor/static_injector.h"

namespace taster::lab {

// Addresses in the order in which injector 3 walks them. Never empty once
// loaded.
struct Pools {
  std::vector<Ipv4> main_a;
  std::vector<Ipv6> main_aaaa;
  std::vector<Ipv4> p20;
  std::vector<Ipv4> legacy;
  std::vector<Ipv4> s10;
  std::vector<Ipv4> gfw1;
};

struct Rules {
  Blocklist blocklist;
  Pools pools;
  std::vector<StaticInjector> static_injectors;
  NetworkRules network;
  std::set<std::string, std::less<>> thin_names;  // Flat, as in NetworkRules.
  // Processes of injector 3; three were seen in 2023, five in 2025.
  unsigned processes = 3;
  // Also forge answers to queries that come in from outside.
  bool inspects_inward = false;
};

// Reads a rules file. Each line is one of
//   pool NAME FILE     NAME: main_a main_aaaa p20 legacy s10 gfw1; a later
//                      line for the same pool wins
//   names FILE         lines of name, tab, group, anything
//   name NAME GROUP
//   processes NUMBER
//   static ID A AAAA|- TTL [a-for-aaaa] [lower-case] [late MILLISECONDS]
//   static-name ID NAME      ID: of an earlier line
//   thin NAME        the first query to each server, of each type, is lost
//   inspect out|both
// or one of those in network_rules.h.
// Paths are absolute or relative to the working directory; `#` starts a
// comment line. NotFound: a file cannot be opened. InvalidArgument: a line is
// not understood, or a pool is missing; the message says which.
absl::StatusOr<Rules> LoadRules(const std::string& path);

}  // namespace taster::lab
