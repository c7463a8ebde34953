// SPDX-License-Identifier: Apache-2.0
// An injector of processes that walk one pool, on a path that loses and
// doubles answers.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

#include "probe/study/pool_order.h"

namespace taster::study {

struct Path {
  double lost_queries = 0;
  double lost_answers = 0;
  double doubled = 0;
  bool random_pool = false;
};

class PoolWalker {
 public:
  PoolWalker(std::size_t period, std::size_t processes, std::uint64_t seed)
      : random_(seed), period_(period), next_(processes) {
    for (auto& next : next_) next = random_() % period;
  }

  // Ask from `flow`; appends what arrives.
  void Ask(std::uint16_t flow, const Path& path, std::vector<Draw>* draws) {
    const std::uint32_t ask = ask_++;
    if (Happens(path.lost_queries)) return;
    auto& next = next_[ProcessOf(flow)];
    const auto position = path.random_pool ? random_() % period_ : next;
    next = (next + 1) % period_;
    if (Happens(path.lost_answers)) return;
    draws->push_back({ask, flow, AddressAt(position)});
    if (Happens(path.doubled)) draws->push_back(draws->back());
  }

  // Any hash that spreads ports.
  std::size_t ProcessOf(std::uint16_t flow) const {
    return (flow * 2654435761u >> 16) % next_.size();
  }
  // Scattered, so that the order of addresses is not that of the pool.
  static net::IpAddress AddressAt(std::size_t position) {
    return net::IpAddress::FromV4(
        static_cast<std::uint32_t>((position + 1) * 2654435761u));
  }

 private:
  bool Happens(double share) {
    return std::bernoulli_distribution(share)(random_);
  }

  std::mt19937_64 random_;
  std::size_t period_;
  std::vector<std::size_t> next_;
  std::uint32_t ask_ = 0;
};

// The pool from position 0 on, up to rotation.
inline bool IsWholePool(std::vector<net::IpAddress> order, std::size_t period) {
  if (order.size() != period) return false;
  const auto first = std::ranges::find(order, PoolWalker::AddressAt(0));
  if (first == order.end()) return false;
  std::ranges::rotate(order, first);
  for (std::size_t i = 0; i < period; ++i) {
    if (order[i] != PoolWalker::AddressAt(i)) return false;
  }
  return true;
}

}  // namespace taster::study
