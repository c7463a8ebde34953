// SPDX-License-Identifier: Apache-2.0
// Networks and names of the load: who forges what, how, and since when.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "proto/dns/name.h"
#include "proto/net/ip_address.h"

namespace taster::load {

enum class Way : std::uint8_t {
  kFree,      // Nobody forges.
  kGfw,       // Two injectors on the path, each with a pool.
  kIran,      // One, which answers with a private address.
  kResolver,  // The provider's resolver lies with a block page's address.
};

struct Network {
  const char* country;
  std::uint32_t asn;
  Way way;
  int hops;      // To public resolvers.
  int injector;  // Hop; 0: none.
  int share;     // Per cent of the censored names that it forges.
};

struct Target {
  dns::Name name;
  std::vector<net::IpAddress> truth;  // IPv4, at least one.
  bool censored = false;
};

struct World {
  std::vector<Network> networks;
  std::vector<Target> targets;
  std::vector<net::IpAddress> pool;  // Of the Great Firewall, in order.

  // Whether `network` forges `target` on day `day` of the load (0 is the
  // first): some names begin or end in between.
  bool Forges(const Network& network, std::size_t target, int day) const;
};

// Reads `facts`, the directory tests/lab/facts. `names`: how many targets at
// most; the file repeats them below other labels when it has too few.
absl::StatusOr<World> ReadWorld(const std::string& facts, std::size_t names);

// A number that depends on its arguments alone, and looks like chance.
std::uint64_t Mixed(std::uint64_t a, std::uint64_t b, std::uint64_t c = 0);

}  // namespace taster::load
