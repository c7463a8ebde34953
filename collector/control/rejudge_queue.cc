// SPDX-License-Identifier: Apache-2.0
#include "collector/control/rejudge_queue.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace taster::control {

void RejudgeQueue::AddGrown(const std::vector<NameType>& names) {
  {
    const std::lock_guard lock(mutex_);
    for (const NameType& name : names) {
      due_.insert(name.qname);
      auto companions = companions_.extract(name.qname);
      if (companions) due_.merge(companions.mapped());
    }
  }
  changed_.notify_all();
}

void RejudgeQueue::AddStored(const AwaitedSets& awaited) {
  {
    const std::lock_guard lock(mutex_);
    for (const AwaitedSet& set : awaited.sets) {
      // Entered first and looked up then: a control that comes in between
      // finds the entry, one that came before is found in the book.
      for (const std::string& name : set.names) {
        if (name != set.target && !book_->Knows(name)) {
          companions_[name].insert(set.target);
        }
      }
      if (std::ranges::any_of(set.names, [&](const std::string& name) {
            return book_->GrewSince(name, awaited.generation);
          })) {
        due_.insert(set.target);
      }
    }
  }
  changed_.notify_all();
}

void RejudgeQueue::AddNames(const std::vector<std::string>& targets) {
  {
    const std::lock_guard lock(mutex_);
    due_.insert(targets.begin(), targets.end());
  }
  changed_.notify_all();
}

std::vector<std::string> RejudgeQueue::Take(std::chrono::milliseconds settle) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return closed_ || !due_.empty(); });
  changed_.wait_for(lock, settle, [this] { return closed_; });
  if (closed_) return {};
  taken_ = std::exchange(due_, {});
  return {taken_.begin(), taken_.end()};
}

void RejudgeQueue::Done() {
  {
    const std::lock_guard lock(mutex_);
    taken_.clear();
  }
  changed_.notify_all();
}

void RejudgeQueue::PutBack() {
  const std::lock_guard lock(mutex_);
  due_.merge(taken_);
  taken_.clear();
}

void RejudgeQueue::Close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
}

bool RejudgeQueue::is_closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

bool RejudgeQueue::Pause(std::chrono::milliseconds length) {
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, length, [this] { return closed_; });
}

std::size_t RejudgeQueue::pending() const {
  const std::lock_guard lock(mutex_);
  return due_.size() + taken_.size();
}

bool RejudgeQueue::AwaitEmpty(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, patience,
                           [this] { return due_.empty() && taken_.empty(); });
}

}  // namespace taster::control
