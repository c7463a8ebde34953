// SPDX-License-Identifier: Apache-2.0
// What is known beside evidence and controls, and swapped whole while judging
// goes on.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "collector/judge/network.h"
#include "collector/judge/reference.h"
#include "collector/learn/knowledge.h"

namespace taster::control {

// What each network answered for names that drew forgeries there.
using NameContexts = absl::flat_hash_map<judge::Network, learn::ContextsByName>;

// Immutable; neither is ever null.
struct Knowledge {
  std::shared_ptr<const judge::Reference> reference;
  std::shared_ptr<const NameContexts> contexts;
};

// Thread-safe. What was taken stays valid as long as its taker holds it.
class KnowledgeShelf {
 public:
  explicit KnowledgeShelf(judge::Reference reference)
      : now_{std::make_shared<const judge::Reference>(std::move(reference)),
             std::make_shared<const NameContexts>()} {}

  Knowledge Take() const {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  void Put(Knowledge knowledge) {
    const std::lock_guard lock(mutex_);
    now_ = std::move(knowledge);
  }

 private:
  mutable std::mutex mutex_;
  Knowledge now_;
};

}  // namespace taster::control
