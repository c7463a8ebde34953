// SPDX-License-Identifier: Apache-2.0
// Suffix matching at dots.
#include "tests/lab/censor/blocklist.h"

#include <utility>

namespace taster::lab {

void Blocklist::Add(std::string name, Group group) {
  groups_.insert_or_assign(std::move(name), group);
}

std::optional<Group> Blocklist::Match(std::string_view flat_name) const {
  while (true) {
    if (const auto found = groups_.find(flat_name); found != groups_.end()) {
      return found->second;
    }
    const std::size_t dot = flat_name.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    flat_name.remove_prefix(dot + 1);
  }
}

}  // namespace taster::lab
