// SPDX-License-Identifier: Apache-2.0
// Reads codes.
#include "collector/judge/declared.h"

#include <algorithm>
#include <initializer_list>

namespace taster::judge {
namespace {

// RFC 8914 sections 4.16 to 4.18. Prohibited (4.19) refuses a client, whatever
// the name.
constexpr std::uint16_t kBlocked = 15;
constexpr std::uint16_t kCensored = 16;
constexpr std::uint16_t kFiltered = 17;

std::optional<std::uint16_t> FindAny(
    const Observation& reply, std::initializer_list<std::uint16_t> sought) {
  for (const std::uint16_t code : reply.extended_errors) {
    if (std::find(sought.begin(), sought.end(), code) != sought.end()) {
      return code;
    }
  }
  return {};
}

}  // namespace

std::optional<std::uint16_t> DeclaredFilter(const Observation& reply) {
  return FindAny(reply, {kBlocked, kFiltered});
}

std::optional<std::uint16_t> DeclaredCensorship(const Observation& reply) {
  return FindAny(reply, {kCensored});
}

}  // namespace taster::judge
