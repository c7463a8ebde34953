// SPDX-License-Identifier: Apache-2.0
// From the answers that one responder drew to the order of its pool.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "proto/net/ip_address.h"

namespace taster::study {

// One forged address.
struct Draw {
  std::uint32_t ask = 0;   // Number of the question, in the order of asking.
  std::uint16_t flow = 0;  // Source port: all that differs between flows.
  net::IpAddress address;
};

enum class PoolKind {
  kUndecided,  // Too few draws, or neither of the below.
  kSingle,     // Always the same address.
  kOrdered,    // One address leads to the next (Wallbleed, NDSS 2025).
  kRandom,     // No address tells the next.
};

struct PoolOrder {
  PoolKind kind = PoolKind::kUndecided;
  std::size_t distinct = 0;   // Addresses seen.
  std::size_t steps = 0;      // Between answers to adjacent questions,
  std::size_t explained = 0;  // those of them that the order explains.
  // kOrdered: the cycle, or its longest stretch while it is not closed.
  std::vector<net::IpAddress> order;
  bool is_cycle = false;

  // Addresses in the cycle; 0 while it is not closed.
  std::size_t period() const { return is_cycle ? order.size() : 0; }
  // Nothing more is to be learned by going on: single, random, or a closed
  // cycle that was walked twice.
  bool settled() const;
};

// `draws` in the order of asking; duplicates of an answer and answers that are
// lost do no harm.
PoolOrder FindOrder(std::span<const Draw> draws);

}  // namespace taster::study
