// SPDX-License-Identifier: Apache-2.0
// The loop that asks.
#include "probe/cli/round.h"

#include <algorithm>
#include <utility>

#include "probe/cli/interrupt.h"

namespace taster::cli {
namespace {

using std::chrono::milliseconds;

// A signal ends a wait, but for one that comes just before it: that is noticed
// after this at the latest.
constexpr milliseconds kLongestTurn{250};
// Other engines' sockets are looked at this often while they have queries open.
constexpr milliseconds kBesideTurn{2};
// Sets that wait for their checks are kept in memory.
constexpr std::size_t kMostWaiting = 64;

}  // namespace

Round::Round(const plan::PlanOptions& plan, std::vector<dns::Name> names,
             RoundParts parts)
    : plan_(plan), names_(std::move(names)), parts_(std::move(parts)) {
  std::ranges::shuffle(names_, *parts_.rng);
}

std::size_t Round::open_queries() const {
  return parts_.capture->open_queries() +
         (parts_.lookup ? parts_.lookup->open_queries() : 0) +
         (parts_.streams ? parts_.streams->open_queries() : 0);
}

absl::Status Round::TurnBeside(milliseconds* patience) {
  const bool looks_up = parts_.lookup && parts_.lookup->open_queries() > 0;
  const bool streams = parts_.streams && parts_.streams->open_queries() > 0;
  if (!looks_up && !streams) return absl::OkStatus();
  *patience = std::min(*patience, kBesideTurn);
  if (last_turn_ - last_beside_ < kBesideTurn) return absl::OkStatus();
  last_beside_ = last_turn_;
  auto status = absl::OkStatus();
  if (looks_up) status = parts_.lookup->Run(milliseconds(0));
  if (streams && status.ok()) status = parts_.streams->Run(milliseconds(0));
  return status;
}

absl::Status Round::Turn(milliseconds patience) {
  patience = std::min(patience, kLongestTurn);
  last_turn_ = plan::Instant::clock::now();
  auto status = TurnBeside(&patience);
  if (status.ok()) status = parts_.capture->Run(patience);
  if (!status.ok()) return status;
  status = parts_.recorder->Tick(std::chrono::steady_clock::now());
  // A full spool is noticed before the next set; windows stay open till then.
  return absl::IsResourceExhausted(status) ? absl::OkStatus() : status;
}

bool Round::Put(const capture::Question& question, capture::Token token) {
  if (question.through_system) {
    return parts_.lookup && parts_.lookup->Ask(question, token);
  }
  if (question.transport != capture::Transport::kUdp) {
    return parts_.streams && parts_.streams->Ask(question, token);
  }
  return parts_.capture->Ask(question, token);
}

absl::Status Round::Ask(const capture::Question& question) {
  while (!Finishing()) {
    const auto now = plan::Instant::clock::now();
    const auto due = parts_.pacer->NextDue(question.server.address, now);
    if (due > now) {
      auto status = Turn(std::chrono::ceil<milliseconds>(due - now));
      if (!status.ok()) return status;
      continue;
    }
    const auto token = parts_.recorder->Expect(question);
    const bool noted =
        parts_.answered && question.service == capture::Service::kDns;
    if (noted) parts_.answered->Expect(token, question);
    if (Put(question, token)) {
      parts_.pacer->Sent(question.server.address, now);
      // At high rates several leave together; sockets must be read anyway.
      return now - last_turn_ < kBesideTurn ? absl::OkStatus()
                                            : Turn(milliseconds(0));
    }
    parts_.recorder->Withdraw(token);
    if (noted) parts_.answered->Withdraw(token);
    if (auto status = Turn(kBesideTurn); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Round::AskSet(const plan::QuestionSet& set) {
  for (const auto& question : set.questions) {
    if (auto status = Ask(question); !status.ok()) return status;
  }
  if (auto status = AskProof(set); !status.ok()) return status;
  if (!parts_.answered) {
    parts_.recorder->EndSet(set.index);
    return absl::OkStatus();
  }
  parts_.answered->EndQuestions(set.index);
  return AskChecks();
}

absl::Status Round::AskProof(const plan::QuestionSet& set) {
  // What is noted as asked must be asked.
  if (parts_.proof_ledger == nullptr || Finishing()) return absl::OkStatus();
  for (const auto& question : plan::ProofQuestions(
           plan_, set, parts_.proof_ledger, plan::Instant::clock::now())) {
    if (auto status = Ask(question); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Round::AskChecks() {
  while (parts_.answered) {
    const auto answers = parts_.answered->TakeReady();
    if (!answers) break;
    // A signal says that nothing new is to begin.
    if (!Finishing()) {
      for (const auto& check : parts_.check_plan->Choose(
               *answers, parts_.check_ledger, plan::Instant::clock::now(),
               *parts_.rng)) {
        if (auto status = Ask(check); !status.ok()) return status;
      }
    }
    parts_.recorder->EndSet(answers->set);
  }
  return absl::OkStatus();
}

absl::Status Round::AwaitChecks() {
  while (parts_.answered && parts_.answered->waiting() >= kMostWaiting &&
         !Finishing()) {
    auto status = Turn(kLongestTurn);
    if (status.ok()) status = AskChecks();
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

void Round::CancelAll() {
  parts_.capture->CancelAll();
  if (parts_.lookup) parts_.lookup->CancelAll();
  if (parts_.streams) parts_.streams->CancelAll();
}

absl::Status Round::Drain() {
  while (open_queries() > 0) {
    if (Aborting()) CancelAll();
    auto status = Turn(kLongestTurn);
    if (status.ok()) status = AskChecks();
    if (status.ok()) status = AskTasks();
    if (!status.ok()) return status;
  }
  return parts_.recorder->Flush();
}

absl::Status Round::AskName(const dns::Name& name) {
  auto status = AskSet(plan::ExpandTarget(plan_, name, sets_++, *parts_.rng));
  if (!status.ok()) return status;
  ++asked_;
  parts_.progress->Show(asked_, names_.size(),
                        parts_.recorder->counts().recorded);
  return status;
}

absl::Status Round::AskTasks() {
  while (parts_.next_task && !Finishing()) {
    auto status = AwaitChecks();
    if (!status.ok() || parts_.spool_full()) return status;
    const auto task = parts_.next_task();
    if (!task) break;
    const auto set = plan::ExpandTask(plan_, *task, sets_++, *parts_.rng);
    if (parts_.answered) parts_.answered->Suspect(set.index, task->to_check);
    status = AskSet(set);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Round::Run() {
  bool full = false;
  auto status = AskTasks();
  for (const auto& name : names_) {
    if (status.ok()) status = AwaitChecks();
    if (!status.ok()) return status;
    full = parts_.spool_full();
    if (full || Finishing()) break;
    status = AskName(name);
    if (status.ok()) status = AskTasks();
  }
  if (status.ok()) status = Drain();
  parts_.progress->End(asked_, names_.size(),
                       parts_.recorder->counts().recorded);
  if (!status.ok()) return status;
  if (full) return absl::ResourceExhaustedError("the spool is full");
  return status;
}

}  // namespace taster::cli
