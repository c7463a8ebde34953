// SPDX-License-Identifier: Apache-2.0
// Which names draw from the same pool.
#pragma once

#include <cstdint>
#include <vector>

namespace taster::learn {

// A name with the pool members of one address family that it drew.
struct Draw {
  std::uint32_t name = 0;
  std::vector<std::uint32_t> addresses;  // Sorted, distinct, not empty.
};

// Names of one group, and what they drew together.
struct Group {
  std::vector<std::uint32_t> names;      // Sorted.
  std::vector<std::uint32_t> addresses;  // Sorted, distinct.
};

// Names that drew nearly the same addresses draw from a small pool of their
// own, even where it is a slice of a larger one; the others share what is left.
// Independent of the order of `draws`. Largest group first.
std::vector<Group> FindGroups(std::vector<Draw> draws);

}  // namespace taster::learn
