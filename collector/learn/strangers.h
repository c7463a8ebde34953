// SPDX-License-Identifier: Apache-2.0
// Which answers no control explains.
#pragma once

#include <cstdint>
#include <vector>

#include "collector/learn/sightings.h"
#include "collector/learn/truth.h"

namespace taster::learn {

enum class Standing : std::uint8_t {
  kGenuine,  // A control has the address, or its owner, for this name.
  kStrange,  // Controls know the name, and neither address nor owner.
  kUnknown,  // No control for the name, or nothing to compare owners by.
};

// Sightings in the light of the truth, all by index. Refers to neither.
struct Strangers {
  std::vector<Standing> standing;       // As Sightings::all().
  std::vector<std::uint32_t> owner;     // Of addresses; 0: nobody's.
  std::vector<bool> may_be_shared;      // Of addresses: not a Teredo one.
  std::vector<bool> may_be_pooled;      // Of addresses: a public unicast one.
  std::vector<std::uint32_t> returned;  // Of addresses: Truth::returned_for.
  std::vector<std::uint32_t> registrable;  // Of names: equal for one domain.
  // Of names: origin AS of their controls, sorted; empty without any.
  std::vector<std::vector<std::uint32_t>> owners_of_name;
  std::vector<std::vector<std::uint32_t>> of_name;     // Indexes of sightings.
  std::vector<std::vector<std::uint32_t>> of_address;  // Indexes of sightings.
};

Strangers FindStrangers(const Sightings& sightings, const Truth& truth);

}  // namespace taster::learn
