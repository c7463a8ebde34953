// SPDX-License-Identifier: Apache-2.0
// Frames leave in the order of their time, and of arrival where times agree.
#include "tests/lab/censor/delay_queue.h"

#include <gtest/gtest.h>

namespace taster::lab {
namespace {

Frame FrameDue(std::uint64_t due_ns, std::uint8_t mark) {
  return {.due_ns = due_ns, .bytes = {mark}, .truth_line = {}};
}

TEST(DelayQueueTest, EarliestFirstThenInOrderOfArrival) {
  DelayQueue queue;
  EXPECT_EQ(queue.NextDue(), std::nullopt);
  queue.Push(FrameDue(20, 3));
  queue.Push(FrameDue(10, 1));
  queue.Push(FrameDue(20, 4));
  queue.Push(FrameDue(10, 2));
  EXPECT_EQ(queue.NextDue(), 10u);
  for (const std::uint8_t mark : Bytes{1, 2, 3, 4}) {
    EXPECT_EQ(queue.PopDue(20)->bytes, Bytes{mark});
  }
  EXPECT_FALSE(queue.PopDue(20).has_value());
}

TEST(DelayQueueTest, HoldsBackWhatIsNotDue) {
  DelayQueue queue;
  queue.Push(FrameDue(10, 1));
  EXPECT_FALSE(queue.PopDue(9).has_value());
  EXPECT_TRUE(queue.PopDue(10).has_value());
}

TEST(DelayQueueTest, RefusesFramesWhenFull) {
  DelayQueue queue;
  bool has_room = true;
  for (int i = 0; has_room && i < 1'000'000; ++i) {
    has_room = queue.Push(FrameDue(1, 0));
  }
  EXPECT_FALSE(has_room);
}

}  // namespace
}  // namespace taster::lab
