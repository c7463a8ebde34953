// SPDX-License-Identifier: Apache-2.0
// What one network answered for one name, over all measurements there.
#pragma once

#include <cstddef>
#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "proto/net/ip_address.h"

namespace taster::judge {

// A forged address that a name drew: of a pool, known or learned, or in
// 2001::/96, and seen by no control for this name.
struct DrawnForgery {
  net::IpAddress address;
  std::uint32_t owner = 0;  // Its origin AS; 0: nobody's, or not known.

  friend bool operator==(const DrawnForgery&, const DrawnForgery&) = default;
};

// Built from evidence and controls of one network, never of several: taken
// across networks, it would turn one network's forgeries against another's
// true answers.
struct NameContext {
  // How many are enough to tell, with some to spare for those that the reply
  // in question holds itself.
  static constexpr std::size_t kEnough = 8;

  // Distinct addresses, of as many owners as there were; at most kEnough.
  absl::InlinedVector<DrawnForgery, 4> drawn;
};

}  // namespace taster::judge
