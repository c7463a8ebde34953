// SPDX-License-Identifier: Apache-2.0
// Steps, the links that outweigh others, and the way along the links.
#include "probe/study/pool_order.h"

#include <algorithm>
#include <optional>
#include <set>

namespace taster::study {
namespace {

using net::IpAddress;
using Steps = std::map<IpAddress, std::map<IpAddress, std::size_t>>;
using Links = std::map<IpAddress, IpAddress>;

// Fewer tell nothing.
constexpr std::size_t kLeastSteps = 20;
// Shares of the steps, in percent. Reordering on the path breaks few; of a
// pool that is picked from at random few are explained.
constexpr std::size_t kOrderedAbove = 80;
constexpr std::size_t kRandomBelow = 50;
// Of the addresses seen; the rest are strays.
constexpr std::size_t kCoveringAbove = 90;

// At most one address a question: where a question drew two, nobody knows
// which came of the walk.
std::vector<Draw> OnePerAsk(std::span<const Draw> draws) {
  std::vector<Draw> kept;
  std::optional<std::uint32_t> doubtful;
  for (const Draw& draw : draws) {
    if (doubtful == draw.ask) continue;
    if (kept.empty() || kept.back().ask != draw.ask) {
      kept.push_back(draw);
    } else if (kept.back().address != draw.address) {
      kept.pop_back();
      doubtful = draw.ask;
    }
  }
  return kept;
}

Steps CountSteps(const std::vector<Draw>& draws, std::size_t* total) {
  Steps steps;
  for (std::size_t i = 1; i < draws.size(); ++i) {
    const Draw& from = draws[i - 1];
    const Draw& to = draws[i];
    if (to.ask != from.ask + 1 || to.flow != from.flow) continue;
    ++steps[from.address][to.address];
    ++*total;
  }
  return steps;
}

// The step from each address that outweighs all others from there.
Links FindLinks(const Steps& steps, std::size_t* explained) {
  Links links;
  for (const auto& [from, counts] : steps) {
    std::size_t all = 0;
    const auto* best = &*counts.begin();
    for (const auto& step : counts) {
      all += step.second;
      if (step.second > best->second) best = &step;
    }
    if (2 * best->second <= all) continue;
    links.emplace(from, best->first);
    *explained += best->second;
  }
  return links;
}

// From `start` until the links end or lead back to where they passed.
std::vector<IpAddress> Follow(const Links& links, IpAddress start,
                              bool* is_cycle) {
  std::vector<IpAddress> way;
  std::set<IpAddress> passed;
  for (;;) {
    way.push_back(start);
    passed.insert(start);
    const auto link = links.find(start);
    *is_cycle = link != links.end() && passed.contains(link->second);
    if (link == links.end()) return way;
    start = link->second;
    if (!*is_cycle) continue;
    way.erase(way.begin(), std::ranges::find(way, start));
    return way;
  }
}

void FindLongest(const Links& links, PoolOrder* found) {
  std::set<IpAddress> covered;
  std::set<IpAddress> led_to;
  for (const auto& [from, to] : links) led_to.insert(to);
  const auto look = [&](const IpAddress& start) {
    bool is_cycle = false;
    auto way = Follow(links, start, &is_cycle);
    covered.insert(way.begin(), way.end());
    const bool better = is_cycle != found->is_cycle
                            ? is_cycle
                            : way.size() > found->order.size();
    if (!better) return;
    found->order = std::move(way);
    found->is_cycle = is_cycle;
  };
  for (const auto& [from, to] : links) {
    if (!led_to.contains(from)) look(from);
  }
  for (const auto& [from, to] : links) {
    if (!covered.contains(from)) look(from);
  }
}

}  // namespace

bool PoolOrder::settled() const {
  switch (kind) {
    case PoolKind::kUndecided:
      return false;
    case PoolKind::kSingle:
    case PoolKind::kRandom:
      return true;
    case PoolKind::kOrdered:
      break;
  }
  // Few steps of a random walk close small cycles as well.
  return is_cycle && steps >= 2 * order.size() &&
         100 * order.size() >= kCoveringAbove * distinct;
}

PoolOrder FindOrder(std::span<const Draw> draws) {
  PoolOrder found;
  const auto kept = OnePerAsk(draws);
  std::set<IpAddress> distinct;
  for (const Draw& draw : draws) distinct.insert(draw.address);
  found.distinct = distinct.size();
  const Steps steps = CountSteps(kept, &found.steps);
  const Links links = FindLinks(steps, &found.explained);
  if (found.steps < kLeastSteps) return found;
  if (found.distinct == 1) {
    found.kind = PoolKind::kSingle;
    found.order.assign(distinct.begin(), distinct.end());
    found.is_cycle = true;
    return found;
  }
  // An address that was left once explains its step whatever the truth.
  const bool revisited = found.steps >= 3 * found.distinct / 2;
  const std::size_t share = 100 * found.explained / found.steps;
  if (!revisited) return found;
  if (share >= kOrderedAbove) {
    found.kind = PoolKind::kOrdered;
    FindLongest(links, &found);
  } else if (share < kRandomBelow) {
    found.kind = PoolKind::kRandom;
  }
  return found;
}

}  // namespace taster::study
