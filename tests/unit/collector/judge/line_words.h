// SPDX-License-Identifier: Apache-2.0
// Picks words out of one line of a written case.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace taster::judge {

using WordList = std::vector<std::string>;

// The value of KEY=VALUE; empty when there is none.
std::string ValueOf(const WordList& words, const std::string& key);

bool Holds(const WordList& words, const std::string& word);

// The number of KEY=NUMBER, decimal or 0x; `absent` when there is none.
std::uint32_t NumberOf(const WordList& words, const std::string& key,
                       std::uint32_t absent);

// The first word that names one of the values.
template <typename Enum>
std::optional<Enum> EnumOf(const WordList& words,
                           const std::map<std::string, Enum>& values) {
  for (const std::string& word : words) {
    const auto found = values.find(word);
    if (found != values.end()) return found->second;
  }
  return {};
}

}  // namespace taster::judge
