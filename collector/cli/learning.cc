// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/learning.h"

#include <chrono>
#include <string>
#include <utility>

#include "collector/cli/clock.h"
#include "collector/cli/log.h"

namespace taster::cli {
namespace {

constexpr auto kInterval = std::chrono::minutes(1);

}  // namespace

Learning::Learning(std::unique_ptr<control::Learner> learner,
                   control::KnowledgeShelf* shelf, control::Rejudger* rejudger)
    : learner_(std::move(learner)),
      shelf_(shelf),
      rejudger_(rejudger),
      thread_([this] { Run(); }) {}

Learning::~Learning() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  learner_->Stop();
  wake_.notify_all();
  thread_.join();
}

absl::Status Learning::Round() {
  const auto lesson = learner_->Learn(Now());
  if (!lesson.ok()) return lesson.status();
  // On the shelf first: whoever judges the due sets must see it.
  shelf_->Put(lesson->knowledge);
  if (lesson->due.empty()) return absl::OkStatus();
  rejudger_->Relearned(lesson->due, lesson->due_since);
  LogLine("learned")
      .Add("pools", static_cast<std::int64_t>(lesson->rows.pools.size()))
      .Add("addresses",
           static_cast<std::int64_t>(lesson->rows.addresses.size()))
      .Add("shared", static_cast<std::int64_t>(lesson->rows.shared.size()))
      .Add("victims", static_cast<std::int64_t>(lesson->rows.victims.size()))
      .Add("names_due", static_cast<std::int64_t>(lesson->due.size()))
      .Info();
  return absl::OkStatus();
}

void Learning::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    const absl::Status status = Round();
    if (!status.ok() && !absl::IsCancelled(status)) {
      LogLine("learning_failed")
          .Add("error", std::string(status.message()))
          .Warning();
    }
    lock.lock();
    wake_.wait_for(lock, kInterval, [this] { return stopping_; });
  }
}

}  // namespace taster::cli
