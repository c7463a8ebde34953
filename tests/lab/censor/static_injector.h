// SPDX-License-Identifier: Apache-2.0
// Injectors that answer every name of theirs with one fixed address, as those
// of Iran and Turkmenistan do.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/lab/censor/forgery.h"

namespace taster::lab {

// One such injector, as the rules file describes it.
struct StaticInjector {
  std::string id;  // What `static-name` lines call it.
  Ipv4 a = {};
  std::optional<Ipv6> aaaa;           // nullopt: AAAA questions pass...
  std::uint32_t rr_ttl = 0;           // Seconds.
  bool a_for_aaaa = false;            // ...unless they draw the A record.
  bool lowers_case = false;           // The question comes back in lower case.
  std::chrono::milliseconds late{0};  // As Forgery::late.
  // Lower case, dotted, without a final dot; with everything below them.
  std::vector<std::string> names;

  bool Censors(std::string_view flat_name) const;

  // nullopt: another type than A and AAAA, no answer for AAAA, or a name that
  // breaks RFC 1035.
  std::optional<Forgery> Forge(const Question& question) const;
};

}  // namespace taster::lab
