// SPDX-License-Identifier: Apache-2.0
#include "collector/learn/groups.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace taster::learn {
namespace {

// A larger pool is never drawn so nearly whole by two names that they look
// alike by chance.
constexpr std::size_t kSmallPool = 64;

std::vector<std::uint32_t> Union(const std::vector<std::uint32_t>& left,
                                 const std::vector<std::uint32_t>& right) {
  std::vector<std::uint32_t> both;
  std::ranges::set_union(left, right, std::back_inserter(both));
  return both;
}

std::size_t Common(const std::vector<std::uint32_t>& left,
                   const std::vector<std::uint32_t>& right) {
  return left.size() + right.size() - Union(left, right).size();
}

// At least half of what either drew, both drew, and far more of it than two
// names would by chance out of `pool` addresses.
bool AreAlike(const std::vector<std::uint32_t>& left,
              const std::vector<std::uint32_t>& right, std::size_t pool) {
  const std::size_t common = Common(left, right);
  const std::size_t all = left.size() + right.size() - common;
  return 2 * common >= all &&
         (common - std::min<std::size_t>(common, 3)) * pool >=
             3 * left.size() * right.size();
}

void Join(const Draw& draw, Group* group) {
  group->names.push_back(draw.name);
  group->addresses = Union(group->addresses, draw.addresses);
}

// Draws that are linked by any address, directly or through others.
std::vector<std::vector<Draw>> Components(std::vector<Draw> draws) {
  struct Component {
    Group group;
    std::vector<Draw> draws;
  };
  std::vector<Component> found;
  for (Draw& draw : draws) {
    Component joined;
    Join(draw, &joined.group);
    std::erase_if(found, [&](Component& other) {
      if (Common(other.group.addresses, draw.addresses) == 0) return false;
      joined.group.addresses =
          Union(joined.group.addresses, other.group.addresses);
      std::ranges::move(other.draws, std::back_inserter(joined.draws));
      return true;
    });
    joined.draws.push_back(std::move(draw));
    found.push_back(std::move(joined));
  }
  std::vector<std::vector<Draw>> components;
  for (Component& one : found) components.push_back(std::move(one.draws));
  return components;
}

// Names of one component: those that drew alike, and the rest.
std::vector<Group> Split(std::vector<Draw> draws) {
  // Those that drew most show a pool best, so they found its group.
  std::ranges::sort(draws, [](const Draw& left, const Draw& right) {
    return std::pair(right.addresses.size(), left.name) <
           std::pair(left.addresses.size(), right.name);
  });
  Group whole;
  for (const Draw& draw : draws) Join(draw, &whole);
  const std::size_t pool = whole.addresses.size();
  std::vector<Group> alike;
  Group rest;
  std::vector<std::vector<const Draw*>> members;
  for (const Draw& draw : draws) {
    if (draw.addresses.size() > kSmallPool) {
      Join(draw, &rest);
      continue;
    }
    const auto at = std::ranges::find_if(alike, [&](const Group& group) {
      return AreAlike(group.addresses, draw.addresses, pool);
    });
    const auto index = static_cast<std::size_t>(at - alike.begin());
    if (at == alike.end()) {
      alike.emplace_back();
      members.emplace_back();
    }
    Join(draw, &alike[index]);
    members[index].push_back(&draw);
  }
  std::vector<Group> groups;
  for (std::size_t i = 0; i < alike.size(); ++i) {
    if (alike[i].names.size() >= 2) {
      groups.push_back(std::move(alike[i]));
    } else {
      for (const Draw* draw : members[i]) Join(*draw, &rest);
    }
  }
  if (!rest.names.empty()) groups.push_back(std::move(rest));
  return groups;
}

}  // namespace

std::vector<Group> FindGroups(std::vector<Draw> draws) {
  std::vector<Group> groups;
  for (std::vector<Draw>& component : Components(std::move(draws))) {
    std::ranges::move(Split(std::move(component)), std::back_inserter(groups));
  }
  for (Group& group : groups) std::ranges::sort(group.names);
  std::ranges::sort(groups, [](const Group& left, const Group& right) {
    return std::pair(right.names.size(), left.addresses) <
           std::pair(left.names.size(), right.addresses);
  });
  return groups;
}

}  // namespace taster::learn
