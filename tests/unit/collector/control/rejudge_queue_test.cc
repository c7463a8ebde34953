// SPDX-License-Identifier: Apache-2.0
#include "collector/control/rejudge_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "tests/unit/collector/control/sample_message.h"

namespace taster::control {
namespace {

using std::chrono::milliseconds;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class RejudgeQueueTest : public testing::Test {
 protected:
  std::vector<NameType> Learn(const std::string& qname) {
    return book_.Learn({{.qname = qname,
                         .qtype = 1,
                         .kind = store::ControlRow::Kind::kNodata,
                         .address = std::nullopt,
                         .vantage_id = 1,
                         .seen_time = {}}});
  }
  std::vector<std::string> Take() { return queue_.Take(milliseconds(0)); }

  judge::PrefixTable origin_as_;
  ControlBook book_{&origin_as_};
  RejudgeQueue queue_{&book_};
};

TEST_F(RejudgeQueueTest, ANameIsDueOnce) {
  queue_.AddGrown({{"a.example.", 1}, {"a.example.", 28}, {"b.example.", 1}});
  queue_.AddGrown({{"a.example.", 1}});
  EXPECT_EQ(queue_.pending(), 2);
  EXPECT_THAT(Take(), UnorderedElementsAre("a.example.", "b.example."));
  EXPECT_EQ(queue_.pending(), 2);
  queue_.Done();
  EXPECT_EQ(queue_.pending(), 0);
  EXPECT_TRUE(queue_.AwaitEmpty(milliseconds(0)));
}

TEST_F(RejudgeQueueTest, WhatIsPutBackIsDueAgain) {
  queue_.AddGrown({{"a.example.", 1}});
  Take();
  queue_.PutBack();
  EXPECT_FALSE(queue_.AwaitEmpty(milliseconds(1)));
  EXPECT_THAT(Take(), UnorderedElementsAre("a.example."));
}

TEST_F(RejudgeQueueTest, ControlThatCameWhileABatchWasStoredIsNotMissed) {
  const std::uint64_t generation = book_.generation();
  queue_.AddGrown(Learn("a.example."));
  Take();
  queue_.Done();
  queue_.AddStored({.generation = generation,
                    .sets = {{.target = "a.example.",
                              .names = {"a.example.", "beside.example."}}}});
  EXPECT_THAT(Take(), UnorderedElementsAre("a.example."));
  queue_.Done();
  queue_.AddStored(
      {.generation = book_.generation(),
       .sets = {{.target = "a.example.", .names = {"a.example."}}}});
  EXPECT_EQ(queue_.pending(), 0);
}

TEST_F(RejudgeQueueTest, AControlNamesFirstControlConcernsItsNeighbours) {
  queue_.AddStored({.generation = book_.generation(),
                    .sets = {{.target = "a.example.",
                              .names = {"a.example.", "beside.example."}}}});
  EXPECT_EQ(queue_.pending(), 0);
  queue_.AddGrown(Learn("beside.example."));
  EXPECT_THAT(Take(), UnorderedElementsAre("a.example.", "beside.example."));
  queue_.Done();
  // Known from now on: its further growth is its own affair.
  queue_.AddGrown({{"beside.example.", 1}});
  EXPECT_THAT(Take(), UnorderedElementsAre("beside.example."));
}

TEST_F(RejudgeQueueTest, ClosingEndsEveryWait) {
  std::thread closer([this] {
    std::this_thread::sleep_for(milliseconds(20));
    queue_.Close();
  });
  EXPECT_THAT(Take(), IsEmpty());
  EXPECT_FALSE(queue_.Pause(std::chrono::minutes(1)));
  closer.join();
}

TEST(FindAwaited, NamesOpenSetsWithAllTheirQuestions) {
  store::JudgedBatch batch;
  batch.measurements.push_back(Measured("open.example.", {}));
  batch.measurements.push_back(Measured("beside.example.", {}));
  batch.measurements.push_back(Measured("closed.example.", {}));
  batch.measurements[1].asked.ordinal = 1;
  batch.measurements[2].asked.ordinal = 2;
  batch.measurements[2].set = 1;
  batch.sets.push_back({.set = 0, .qname = "open.example.", .verdict = {}});
  batch.sets.push_back({.set = 1, .qname = "closed.example.", .verdict = {}});
  judge::MeasurementVerdict verdict;
  batch.sets[0].verdict.measurements = {verdict};
  verdict.ordinal = 2;
  verdict.verdict = judge::Class::kBlocked;
  batch.sets[1].verdict.measurements = {verdict};
  const AwaitedSets awaited = FindAwaited(batch, 5);
  EXPECT_EQ(awaited.generation, 5);
  EXPECT_THAT(awaited.sets,
              UnorderedElementsAre(
                  AwaitedSet{.target = "open.example.",
                             .names = {"beside.example.", "open.example."}}));
}

}  // namespace
}  // namespace taster::control
