// SPDX-License-Identifier: Apache-2.0
// What a batch still waits for when it is stored.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "collector/store/judged_batch.h"

namespace taster::control {

// An open set: it may be judged better once controls say more of its names.
struct AwaitedSet {
  std::string target;              // Name::ToText().
  std::vector<std::string> names;  // Of all its questions, distinct.

  friend bool operator==(const AwaitedSet&, const AwaitedSet&) = default;
};

struct AwaitedSets {
  std::uint64_t generation = 0;  // Of the book, before the batch was judged.
  std::vector<AwaitedSet> sets;
};

// `generation` is ControlBook::generation from before judging: what the book
// learned since then the judge may have missed.
AwaitedSets FindAwaited(const store::JudgedBatch& batch,
                        std::uint64_t generation);

}  // namespace taster::control
