// SPDX-License-Identifier: Apache-2.0
// Which injector made a forged reply, by the fingerprints in the reference.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "collector/judge/case.h"

namespace taster::judge {

// Whose header the reply carries.
enum class Sender : std::uint8_t {
  kInjector,  // The forger's own.
  kRelay,     // A resolver's that passed the forgery on; nothing in the header
              // tells of the forger, only the addresses do.
};

// The injector whose fingerprint fits; empty if none does. A fingerprint that
// compares header facts goes before one that names only pools. When several
// injectors fit equally well, or none does, one that names only pools stands
// for "one of them": gfw-x.
std::string Attribute(const Subject& subject, Sender sender);

// True iff the reference knows the injector by more than its pools, so that
// naming it tells it from the others that draw from them.
bool IsToldApart(const Reference& reference, std::string_view injector);

}  // namespace taster::judge
