// SPDX-License-Identifier: Apache-2.0
// Looks for words.
#include "tests/unit/collector/judge/line_words.h"

#include <algorithm>

namespace taster::judge {

std::string ValueOf(const WordList& words, const std::string& key) {
  for (const std::string& word : words) {
    if (word.starts_with(key + "=")) return word.substr(key.size() + 1);
  }
  return "";
}

bool Holds(const WordList& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::uint32_t NumberOf(const WordList& words, const std::string& key,
                       std::uint32_t absent) {
  const std::string value = ValueOf(words, key);
  if (value.empty()) return absent;
  return static_cast<std::uint32_t>(std::stoul(value, nullptr, 0));
}

}  // namespace taster::judge
