// SPDX-License-Identifier: Apache-2.0
// Follows each process along the cycle, and says whose answers it gives.
#include "probe/study/processes.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace taster::study {
namespace {

// So many of its answers in a row may be lost.
constexpr std::size_t kMostLost = 3;

class Follower {
 public:
  explicit Follower(std::size_t period) : period_(period) {}

  void Note(std::uint16_t flow, std::size_t position) {
    const auto known = process_of_.find(flow);
    std::size_t process = 0;
    if (known != process_of_.end() &&
        Ahead(known->second, position) <= Tolerance()) {
      process = known->second;
    } else {
      process = Nearest(position);
      process_of_[flow] = process;
    }
    next_[process] = (position + 1) % period_;
  }

  Processes Result() const {
    std::set<std::size_t> used;
    for (const auto& [flow, process] : process_of_) used.insert(process);
    return {.count = used.size(), .flows = process_of_.size()};
  }

 private:
  // A short cycle leaves little room for doubt.
  std::size_t Tolerance() const { return std::min(kMostLost, period_ / 16); }
  // How many answers were lost if this process gave that one.
  std::size_t Ahead(std::size_t process, std::size_t position) const {
    return (position + period_ - next_[process]) % period_;
  }
  std::size_t Nearest(std::size_t position) {
    std::optional<std::size_t> nearest;
    for (std::size_t process = 0; process < next_.size(); ++process) {
      const auto ahead = Ahead(process, position);
      if (ahead > Tolerance()) continue;
      if (!nearest || ahead < Ahead(*nearest, position)) nearest = process;
    }
    if (nearest) return *nearest;
    next_.push_back(0);
    return next_.size() - 1;
  }

  std::size_t period_;
  std::vector<std::size_t> next_;  // By process: the position it gives next.
  std::map<std::uint16_t, std::size_t> process_of_;  // By flow.
};

}  // namespace

Processes CountProcesses(std::span<const net::IpAddress> cycle,
                         std::span<const Draw> draws) {
  if (cycle.size() < 2) return {};
  std::map<net::IpAddress, std::size_t> position_of;
  for (std::size_t i = 0; i < cycle.size(); ++i) position_of[cycle[i]] = i;
  Follower follower(cycle.size());
  std::set<std::pair<std::uint32_t, net::IpAddress>> seen;
  for (const Draw& draw : draws) {
    if (!seen.emplace(draw.ask, draw.address).second) continue;
    const auto position = position_of.find(draw.address);
    if (position == position_of.end()) continue;
    follower.Note(draw.flow, position->second);
  }
  return follower.Result();
}

}  // namespace taster::study
