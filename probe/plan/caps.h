// SPDX-License-Identifier: Apache-2.0
// Hard limits, compiled in: no list, file or flag raises them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace taster::plan {

// Picks the limits. Not the role: that is given by the collector at enrolment.
enum class Profile : std::uint8_t {
  kVolunteer,  // A private person inside a censored network.
  kControl,    // An operator's own machine in a free network.
  kLab,        // A closed network that the operator owns.
};

struct Caps {
  double rate;             // Queries per second, all servers together.
  double rate_per_server;  // Queries per second to one address; 0: no limit.
  std::uint64_t queries_per_day;  // 0: no limit.
  std::size_t canaries;           // Most canary addresses.
  // Servers outside the compiled list of public resolvers.
  bool any_resolver;
  // Private and reserved addresses, where the configuration says lab = true.
  bool private_addresses;
  // How long an answered address is left alone after it was tried; 0: not at
  // all, for in a laboratory nobody else is there.
  std::chrono::seconds check_rest;
};

constexpr Caps CapsOf(Profile profile) {
  switch (profile) {
    case Profile::kVolunteer:
      return {.rate = 2,
              .rate_per_server = 0.2,
              .queries_per_day = 5000,
              .canaries = 32,
              .any_resolver = false,
              .private_addresses = false,
              .check_rest = std::chrono::seconds(180)};
    case Profile::kControl:
      return {.rate = 200,
              .rate_per_server = 50,
              .queries_per_day = 0,
              .canaries = 32,
              .any_resolver = true,
              .private_addresses = true,
              .check_rest = std::chrono::hours(24)};
    case Profile::kLab:
      break;
  }
  return {.rate = 5000,
          .rate_per_server = 0,
          .queries_per_day = 0,
          .canaries = 256,
          .any_resolver = true,
          .private_addresses = true,
          .check_rest = std::chrono::seconds(0)};
}

// "volunteer", "control", "lab"; nullopt for anything else.
std::optional<Profile> ProfileFromText(std::string_view text);
std::string_view ToText(Profile profile);

// A set larger than this could not travel in one batch.
inline constexpr std::size_t kMaxSetQuestions = 512;
inline constexpr std::size_t kMaxTargets = 20'000;
inline constexpr std::size_t kMaxListBytes = 1 << 20;
inline constexpr int kMaxWindowSeconds = 15;
// Of one question, from different ports.
inline constexpr int kMaxTries = 8;

}  // namespace taster::plan
