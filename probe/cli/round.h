// SPDX-License-Identifier: Apache-2.0
// One round: every target once, with its twins, at the plan's pace.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "probe/capture/stream_lookup.h"
#include "probe/capture/system_lookup.h"
#include "probe/capture/udp_capture.h"
#include "probe/cli/answered.h"
#include "probe/cli/progress.h"
#include "probe/plan/check_ledger.h"
#include "probe/plan/check_plan.h"
#include "probe/plan/expand.h"
#include "probe/plan/pacer.h"
#include "probe/plan/proof_questions.h"
#include "probe/plan/task.h"
#include "probe/record/recorder.h"

namespace taster::cli {

// What a round works with; all must outlive it.
struct RoundParts {
  capture::UdpCapture* capture;
  capture::SystemLookup* lookup;   // Null: nobody asks through the library.
  capture::StreamLookup* streams;  // Null: nobody is asked over connections.
  record::Recorder* recorder;
  plan::Pacer* pacer;
  plan::Rng* rng;
  Progress* progress;
  // What tells the checks; null: there are none. The engines' witness.
  Answered* answered;
  const plan::CheckPlan* check_plan;
  plan::CheckLedger* check_ledger;
  // Which keys of zones were asked for lately; null: none ever are.
  plan::ProofLedger* proof_ledger;
  // True as long as the spool has no room: no new set is begun.
  std::function<bool()> spool_full;
  // What a collector wants looked at, asked for before each set; nullopt: there
  // is nothing now.
  std::function<std::optional<plan::Task>()> next_task;
};

class Round {
 public:
  // `names` in any order: the round shuffles them.
  Round(const plan::PlanOptions& plan, std::vector<dns::Name> names,
        RoundParts parts);

  // Asks everything, and tasks as they come, or stops asking at the first
  // signal; waits for open windows, or closes them at the second; then records
  // what was measured. ResourceExhausted: asking stopped because the spool is
  // full.
  absl::Status Run();

  // Of names; tasks beside them.
  std::uint64_t sets_asked() const { return asked_; }

 private:
  absl::Status AskSet(const plan::QuestionSet& set);
  // The keys of zones that prove its target's answer.
  absl::Status AskProof(const plan::QuestionSet& set);
  absl::Status AskName(const dns::Name& name);
  // All that there are now.
  absl::Status AskTasks();
  // Asks the checks of the sets whose questions are over, and ends those sets.
  absl::Status AskChecks();
  // Waits until so few sets wait for their checks that another may begin.
  absl::Status AwaitChecks();
  absl::Status Ask(const capture::Question& question);
  bool Put(const capture::Question& question, capture::Token token);
  // Lets the engines work for at most `patience`, and the recorder record.
  absl::Status Turn(std::chrono::milliseconds patience);
  // The same for the engines that have sockets of their own.
  absl::Status TurnBeside(std::chrono::milliseconds* patience);
  absl::Status Drain();
  void CancelAll();
  std::size_t open_queries() const;

  const plan::PlanOptions plan_;
  std::vector<dns::Name> names_;
  RoundParts parts_;
  std::uint64_t asked_ = 0;
  std::uint32_t sets_ = 0;  // Of names and tasks.
  plan::Instant last_turn_{};
  plan::Instant last_beside_{};
};

}  // namespace taster::cli
