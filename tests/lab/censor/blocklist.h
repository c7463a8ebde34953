// SPDX-License-Identifier: Apache-2.0
// The names that the censor forges, and everything below them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "tests/lab/censor/injector.h"

namespace taster::lab {

class Blocklist final {
 public:
  // `name`: lower case, dotted, without a final dot. A later line wins.
  void Add(std::string name, Group group);

  // The group of the longest listed name that `flat_name` equals or ends in
  // at a dot. nullopt: not censored.
  std::optional<Group> Match(std::string_view flat_name) const;

  std::size_t size() const { return groups_.size(); }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, Group, Hash, std::equal_to<>> groups_;
};

}  // namespace taster::lab
