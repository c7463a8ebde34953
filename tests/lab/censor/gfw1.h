// SPDX-License-Identifier: Apache-2.0
// Injector 1: authoritative flag, written-out owner, four addresses, google.
#pragma once

#include <optional>
#include <random>

#include "tests/lab/censor/forgery.h"
#include "tests/lab/censor/rules.h"

namespace taster::lab {

// `pools` and `random` outlive the injector.
class Gfw1 final {
 public:
  Gfw1(const Pools& pools, std::mt19937_64& random);

  // nullopt: not an A question for a name that contains "google".
  std::optional<Forgery> Forge(const Question& question);

 private:
  const Pools& pools_;
  std::mt19937_64& random_;
  std::uint16_t ip_id_;
  std::uint8_t ip_ttl_;
};

}  // namespace taster::lab
