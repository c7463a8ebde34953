// SPDX-License-Identifier: Apache-2.0
// Rendered documents, kept as long as there is room.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace taster::serve {

// Thread-safe. What was not asked for the longest goes first.
class DocumentCache {
 public:
  explicit DocumentCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  // nullptr: not here.
  std::shared_ptr<const std::string> Find(const std::string& key);
  // One that is larger than an eighth of the room is not kept.
  void Put(const std::string& key, std::shared_ptr<const std::string> document);

  std::size_t bytes() const;

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const std::string> document;
  };
  static std::size_t SizeOf(const Entry& entry);

  const std::size_t most_bytes_;
  mutable std::mutex mutex_;
  std::list<Entry> entries_;  // The latest first.
  std::unordered_map<std::string, std::list<Entry>::iterator> places_;
  std::size_t bytes_ = 0;
};

}  // namespace taster::serve
