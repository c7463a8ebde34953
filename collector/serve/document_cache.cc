// SPDX-License-Identifier: Apache-2.0
#include "collector/serve/document_cache.h"

#include <utility>

namespace taster::serve {
namespace {

constexpr std::size_t kEntryBytes = 200;  // Of the nodes around a document.

}  // namespace

std::size_t DocumentCache::SizeOf(const Entry& entry) {
  return kEntryBytes + 2 * entry.key.size() + entry.document->size();
}

std::shared_ptr<const std::string> DocumentCache::Find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto place = places_.find(key);
  if (place == places_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, place->second);
  return place->second->document;
}

void DocumentCache::Put(const std::string& key,
                        std::shared_ptr<const std::string> document) {
  Entry entry{key, std::move(document)};
  const std::size_t size = SizeOf(entry);
  const std::lock_guard lock(mutex_);
  if (size > most_bytes_ / 8 || places_.count(key) != 0) return;
  entries_.push_front(std::move(entry));
  places_[key] = entries_.begin();
  bytes_ += size;
  while (bytes_ > most_bytes_) {
    bytes_ -= SizeOf(entries_.back());
    places_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

std::size_t DocumentCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace taster::serve
