// SPDX-License-Identifier: Apache-2.0
#include "collector/learn/order.h"

#include <algorithm>
#include <map>

namespace taster::learn {
namespace {

using Steps = std::map<net::IpAddress, std::map<net::IpAddress, std::size_t>>;
using Links = std::map<net::IpAddress, net::IpAddress>;

constexpr std::size_t kSeenTwice = 2;

// The step from each address that outweighs all others from there.
Links Following(const Steps& steps) {
  Links links;
  for (const auto& [from, counts] : steps) {
    std::size_t all = 0;
    const auto* best = &*counts.begin();
    for (const auto& step : counts) {
      all += step.second;
      if (step.second > best->second) best = &step;
    }
    if (best->second >= kSeenTwice && 2 * best->second > all) {
      links.emplace(from, best->first);
    }
  }
  return links;
}

// Where two addresses lead to the same one, the step seen more often stays.
void KeepOnePredecessor(const Steps& steps, Links* links) {
  std::map<net::IpAddress, net::IpAddress> from_of;
  Links kept;
  for (const auto& [from, to] : *links) {
    const auto [at, first] = from_of.try_emplace(to, from);
    if (first) continue;
    if (steps.at(from).at(to) > steps.at(at->second).at(to)) at->second = from;
  }
  for (const auto& [to, from] : from_of) kept.emplace(from, to);
  *links = std::move(kept);
}

// Follows links from `start` until they end or come back.
std::vector<net::IpAddress> Stretch(const net::IpAddress& start, Links* links) {
  std::vector<net::IpAddress> stretch{start};
  auto next = links->find(start);
  while (next != links->end()) {
    const net::IpAddress to = next->second;
    links->erase(next);
    if (to == start) break;
    stretch.push_back(to);
    next = links->find(to);
  }
  return stretch;
}

}  // namespace

PoolOrder FindOrder(const std::vector<Walk>& walks) {
  PoolOrder order;
  Steps steps;
  for (const Walk& walk : walks) {
    for (std::size_t i = 1; i < walk.size(); ++i) {
      if (walk[i] == walk[i - 1]) continue;  // Two injectors may agree.
      ++steps[walk[i - 1]][walk[i]];
      ++order.steps;
    }
  }
  Links links = Following(steps);
  KeepOnePredecessor(steps, &links);
  const Links all = links;
  for (const auto& [from, to] : all) order.following += steps[from][to];

  std::map<net::IpAddress, bool> has_predecessor;
  for (const auto& [from, to] : all) has_predecessor[to] = true;
  for (const auto& [from, to] : all) {
    if (has_predecessor.contains(from)) continue;
    order.stretches.push_back(Stretch(from, &links));
  }
  while (!links.empty()) {
    const net::IpAddress start = links.begin()->first;
    order.stretches.push_back(Stretch(start, &links));
  }
  std::ranges::stable_sort(order.stretches, std::ranges::greater{},
                           [](const auto& stretch) { return stretch.size(); });
  if (!order.stretches.empty()) {
    const auto& longest = order.stretches.front();
    const auto back = all.find(longest.back());
    order.is_cycle = back != all.end() && back->second == longest.front();
  }
  return order;
}

}  // namespace taster::learn
