// SPDX-License-Identifier: Apache-2.0
// Injector 2: DF set, everything random, AAAA inside 2001::/96.
#pragma once

#include <optional>
#include <random>

#include "tests/lab/censor/forgery.h"
#include "tests/lab/censor/rules.h"

namespace taster::lab {

// `pools` and `random` outlive the injector.
class Gfw2 final {
 public:
  Gfw2(const Pools& pools, std::mt19937_64& random);

  // nullopt: a group or a malformed name that injector 2 leaves alone.
  std::optional<Forgery> Forge(const Question& question, Group group);

 private:
  const std::vector<Ipv4>& PoolOf(Group group) const;
  // Uniform in [low, high].
  std::uint32_t Draw(std::uint32_t low, std::uint32_t high);
  Ipv4 PickIpv4(Group group);
  Ipv6 PickIpv6(Group group);

  const Pools& pools_;
  std::mt19937_64& random_;
};

}  // namespace taster::lab
