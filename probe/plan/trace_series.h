// SPDX-License-Identifier: Apache-2.0
// The steps of a trace: IP TTL by IP TTL, until the server has been reached.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>

#include "probe/capture/question.h"
#include "probe/plan/expand.h"
#include "probe/plan/trace_options.h"

namespace taster::plan {

// Four stages, each ended by Advance once its answers have had their time:
// - climb: far steps, which show what copies IP TTLs wherever it sits, then
//   1, 2, 3, ... once each, until the server has answered for the control name
//   one step below (or, where it stays silent, until something has answered
//   for the target three steps below, or nothing comes back any more);
// - repeat: all those again, in random order, so that an outage of some
//   seconds or a counter does not look like a hop;
// - confirm, up to three times: the step below the first that drew an answer,
//   ten times more, so that what was lost is not taken for out of reach.
// The target and the control name are asked alike. Pure: no clock, no socket.
class TraceSeries {
 public:
  static constexpr std::array<std::uint8_t, 3> kFarSteps = {64, 60, 55};
  // Never more questions than this, at most kMaxSetQuestions.
  static std::uint64_t MostQuestions(const TraceOptions& options);

  TraceSeries(const TraceOptions& options, Rng& rng);

  // The next question; nullopt: this stage has asked everything.
  std::optional<capture::Question> Next();
  // Begins the next stage. False: the trace is over.
  bool Advance();

  // A response for this question came; or a router said that it expired.
  void OnAnswer(const capture::Question& question);
  void OnExpired(const capture::Question& question);

 private:
  enum class Stage : std::uint8_t { kClimb, kRepeat, kConfirm };
  struct Side {
    std::optional<int> first;      // The lowest near step that drew an answer.
    bool far = false;              // A far step did.
    std::optional<int> confirmed;  // The step that was asked again last.
  };

  Side& SideOf(const capture::Question& question);
  // The last near step worth asking, by what is known now.
  int LastStep() const;
  void Queue(int step, bool control_name);
  void QueueBoth(int step);
  void Shuffle();
  bool Confirm(bool control_name);

  TraceOptions options_;
  Rng rng_;
  Stage stage_ = Stage::kClimb;
  std::deque<capture::Question> queue_;
  int climbed_ = 0;       // Near steps asked so far.
  int last_expired_ = 0;  // The highest near step that a router spoke of.
  int confirmations_ = 0;
  Side target_;
  Side control_;
};

}  // namespace taster::plan
