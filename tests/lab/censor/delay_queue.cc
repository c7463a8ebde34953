// SPDX-License-Identifier: Apache-2.0
// A binary heap of frames.
#include "tests/lab/censor/delay_queue.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace taster::lab {
namespace {

constexpr std::size_t kMostFrames = 100'000;

bool IsLater(const Frame& one, const Frame& other) {
  return std::tie(one.due_ns, one.sequence) >
         std::tie(other.due_ns, other.sequence);
}

}  // namespace

bool DelayQueue::Push(Frame frame) {
  if (heap_.size() >= kMostFrames) return false;
  frame.sequence = next_sequence_++;
  heap_.push_back(std::move(frame));
  std::push_heap(heap_.begin(), heap_.end(), IsLater);
  return true;
}

std::optional<Frame> DelayQueue::PopDue(std::uint64_t now_ns) {
  if (heap_.empty() || heap_.front().due_ns > now_ns) return std::nullopt;
  std::pop_heap(heap_.begin(), heap_.end(), IsLater);
  Frame frame = std::move(heap_.back());
  heap_.pop_back();
  return frame;
}

std::optional<std::uint64_t> DelayQueue::NextDue() const {
  if (heap_.empty()) return std::nullopt;
  return heap_.front().due_ns;
}

}  // namespace taster::lab
