// SPDX-License-Identifier: Apache-2.0
// Which names have to be judged again.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "collector/control/awaited_sets.h"
#include "collector/control/control_book.h"

namespace taster::control {

// Thread-safe. A name stands in it once, however often it was added; a name
// that was taken counts as pending until it is done or put back.
class RejudgeQueue {
 public:
  // `book` must outlive the queue.
  explicit RejudgeQueue(const ControlBook* book) : book_(book) {}

  // The controls of these names grew: the targets of that name, and those that
  // stood beside it in a set, are due.
  void AddGrown(const std::vector<NameType>& names);
  // Sets that are stored now. Those whose names' controls grew since they were
  // judged are due; the others wait for names that no control knows.
  void AddStored(const AwaitedSets& awaited);

  // These targets are due for another reason.
  void AddNames(const std::vector<std::string>& targets);

  // Targets that are due, all of them. Waits while there are none, and then for
  // `settle`, since controls come in crowds. Empty: the queue was closed.
  std::vector<std::string> Take(std::chrono::milliseconds settle);
  // What Take gave is judged, or must be taken again.
  void Done();
  void PutBack();

  // Returns at once with empty Takes from now on.
  void Close();
  bool is_closed() const;
  // Sleeps; false as soon as the queue is closed.
  bool Pause(std::chrono::milliseconds length);

  std::size_t pending() const;
  // False when something is pending still after `patience`.
  bool AwaitEmpty(std::chrono::milliseconds patience);

 private:
  const ControlBook* book_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  absl::flat_hash_set<std::string> due_;
  absl::flat_hash_set<std::string> taken_;
  // Name that no control knew -> targets of sets that asked it beside theirs.
  absl::flat_hash_map<std::string, absl::flat_hash_set<std::string>>
      companions_;
  bool closed_ = false;
};

}  // namespace taster::control
