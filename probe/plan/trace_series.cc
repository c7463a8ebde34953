// SPDX-License-Identifier: Apache-2.0
// Which step comes next.
#include "probe/plan/trace_series.h"

#include <algorithm>

namespace taster::plan {
namespace {

// Steps asked beyond the first answer for the control name, and for the target
// where the server is silent.
constexpr int kBeyondControl = 1;
constexpr int kBeyondTarget = 3;
// Steps without any sign of life before the climb ends, where routers or
// answers were seen, and where nothing ever was.
constexpr int kBeyondLife = 4;
constexpr int kWithoutLife = 8;
constexpr int kConfirmations = 10;
constexpr int kConfirmRounds = 3;

bool IsFar(int step) {
  return std::ranges::find(TraceSeries::kFarSteps, step) !=
         TraceSeries::kFarSteps.end();
}

}  // namespace

std::uint64_t TraceSeries::MostQuestions(const TraceOptions& options) {
  const auto steps =
      static_cast<std::uint64_t>(options.max_hops) + kFarSteps.size();
  return 2 * (steps * static_cast<std::uint64_t>(options.repeats) +
              kConfirmRounds * kConfirmations);
}

TraceSeries::TraceSeries(const TraceOptions& options, Rng& rng)
    : options_(options), rng_(rng()) {
  for (const int step : kFarSteps) QueueBoth(step);
  Shuffle();
}

void TraceSeries::Queue(int step, bool control_name) {
  using capture::QuestionRole;
  capture::Question question;
  question.role =
      control_name ? QuestionRole::kTraceControlName : QuestionRole::kTrace;
  question.qname = control_name ? options_.control_name : options_.name;
  question.shape.qtype = options_.qtype;
  question.server = options_.server;
  question.server_kind = options_.server_kind;
  question.ip_ttl = static_cast<std::uint8_t>(step);
  queue_.push_back(std::move(question));
}

void TraceSeries::QueueBoth(int step) {
  const bool first = (rng_() & 1) != 0;
  Queue(step, first);
  Queue(step, !first);
}

void TraceSeries::Shuffle() { std::ranges::shuffle(queue_, rng_); }

TraceSeries::Side& TraceSeries::SideOf(const capture::Question& question) {
  return question.role == capture::QuestionRole::kTraceControlName ? control_
                                                                   : target_;
}

void TraceSeries::OnAnswer(const capture::Question& question) {
  const int step = question.ip_ttl.value_or(0);
  Side& side = SideOf(question);
  if (IsFar(step)) {
    side.far = true;
  } else {
    side.first = std::min(side.first.value_or(step), step);
  }
}

void TraceSeries::OnExpired(const capture::Question& question) {
  const int step = question.ip_ttl.value_or(0);
  if (!IsFar(step)) last_expired_ = std::max(last_expired_, step);
}

int TraceSeries::LastStep() const {
  int last = options_.max_hops;
  if (control_.first) {
    last = *control_.first + kBeyondControl;
  } else if (!control_.far && target_.first) {
    last = *target_.first + kBeyondTarget;
  } else if (!control_.far && last_expired_ > 0) {
    last = last_expired_ + kBeyondLife;
  } else if (!control_.far && !target_.far) {
    last = kWithoutLife;
  }
  return std::min(last, options_.max_hops);
}

std::optional<capture::Question> TraceSeries::Next() {
  if (queue_.empty() && stage_ == Stage::kClimb && climbed_ < LastStep()) {
    QueueBoth(++climbed_);
  }
  if (queue_.empty()) return {};
  capture::Question next = std::move(queue_.front());
  queue_.pop_front();
  return next;
}

bool TraceSeries::Confirm(bool control_name) {
  Side& side = control_name ? control_ : target_;
  if (!side.first || *side.first == 1) return false;
  if (side.confirmed == *side.first - 1) return false;
  side.confirmed = *side.first - 1;
  for (int i = 0; i < kConfirmations; ++i) {
    Queue(*side.confirmed, control_name);
  }
  return true;
}

bool TraceSeries::Advance() {
  queue_.clear();
  if (stage_ == Stage::kClimb) {
    // What came meanwhile may have moved the end either way.
    if (climbed_ < LastStep()) return true;
    climbed_ = LastStep();
    for (int repeat = 1; repeat < options_.repeats; ++repeat) {
      for (const int step : kFarSteps) QueueBoth(step);
      for (int step = 1; step <= climbed_; ++step) QueueBoth(step);
    }
    stage_ = Stage::kRepeat;
    Shuffle();
    return true;
  }
  stage_ = Stage::kConfirm;
  if (confirmations_++ == kConfirmRounds) return false;
  const bool target = Confirm(false);
  const bool control = Confirm(true);
  Shuffle();
  return target || control;
}

}  // namespace taster::plan
