// SPDX-License-Identifier: Apache-2.0
// The ways in which names are poisoned.
#pragma once

#include <cstdint>
#include <string_view>

namespace taster::judge {

// How a name is poisoned; independent of rule ids. Values are stored: never
// renumbered.
enum class Mechanism : std::uint8_t {
  kNone = 0,  // Nothing to explain, or not known.
  kOnPathInjection = 1,
  kResolverPoisoned = 2,
  kDelegationPoisoned = 3,
  kResolverLying = 4,
  kIntercepted = 5,
  kSubstituted = 6,
  kDropped = 7,
  kReset = 8,
  kEncryptedDnsBlocked = 9,
  kAddressBlocked = 10,
  kTlsIntercepted = 11,
  kSafeSearch = 12,
  kSecurityProduct = 13,
  kNxdomainRewritten = 14,
  kGeoRefused = 15,
};
std::string_view ToString(Mechanism mechanism);  // "on_path_injection"

}  // namespace taster::judge
