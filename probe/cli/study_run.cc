// SPDX-License-Identifier: Apache-2.0
// Asks, and looks now and then whether it knows enough.
#include "probe/cli/study_run.h"

#include <algorithm>
#include <string>

#include "probe/cli/interrupt.h"
#include "probe/study/report.h"

namespace taster::cli {
namespace {

using std::chrono::milliseconds;
using study::Experiment;
using study::Part;
using Clock = std::chrono::steady_clock;

// Signals are noticed at least this often.
constexpr milliseconds kLongestTurn{50};
constexpr milliseconds kShortTurn{2};
// Questions of the walk in one recorded set.
constexpr std::size_t kWalkSet = 64;
// Each of the many ports is asked about eight times.
constexpr std::size_t kFlowQuestions = 256;

bool SameTarget(const Experiment& left, const Experiment& right) {
  return left.qname == right.qname;
}

// The control name is asked in every set anyway.
bool IsControl(const Experiment& experiment) {
  return experiment.part == Part::kControl;
}

}  // namespace

absl::Status StudyRun::Ask(capture::UdpCapture* capture,
                           const Experiment& experiment, bool at_canary) {
  capture::Question question;
  question.set = set_;
  question.role = IsControl(experiment) ? capture::QuestionRole::kControlName
                                        : capture::QuestionRole::kTarget;
  question.qname = experiment.qname;
  question.shape = experiment.shape;
  question.server = at_canary ? what_.canary : *what_.server;
  question.server_kind =
      at_canary ? capture::ServerKind::kCanary : what_.server_kind;
  question.ip_ttl = experiment.ip_ttl;
  const auto& server = question.server.address;
  while (!Finishing()) {
    const auto now = Clock::now();
    const auto due = parts_.pacer->NextDue(server, now);
    if (due > now) {
      auto status = capture->Run(
          std::min(std::chrono::ceil<milliseconds>(due - now), kLongestTurn));
      if (!status.ok()) return status;
      continue;
    }
    const auto token = parts_.recorder->Expect(question);
    parts_.witness->Expect(
        token,
        {.experiment = experiment, .at_canary = at_canary, .replies = {}});
    if (capture->Ask(question, token)) {
      parts_.pacer->Sent(server, now);
      return capture->Run(milliseconds(0));
    }
    parts_.witness->Withdraw(token);
    parts_.recorder->Withdraw(token);
    if (auto status = capture->Run(kShortTurn); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status StudyRun::AskSet(capture::UdpCapture* capture,
                              std::span<const Experiment> experiments,
                              bool at_canary) {
  Experiment control = study::WalkStep(what_.names, Part::kControl);
  control.qname = what_.names.control_name;
  auto status = Ask(capture, control, at_canary);
  for (const auto& experiment : experiments) {
    if (!status.ok()) return status;
    if (IsControl(experiment)) continue;
    status = Ask(capture, experiment, at_canary);
  }
  parts_.recorder->EndSet(set_++);
  if (!status.ok()) return status;
  status = parts_.recorder->Tick(Clock::now());
  // What finds no room now is recorded at the end, or told then.
  return absl::IsResourceExhausted(status) ? absl::OkStatus() : status;
}

absl::Status StudyRun::Drain(capture::UdpCapture* capture) {
  while (capture->open_queries() > 0) {
    if (Aborting()) capture->CancelAll();
    if (auto status = capture->Run(kLongestTurn); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status StudyRun::CheckSilence(capture::UdpCapture* capture) {
  for (const auto& experiment : study::ListExperiments(what_.names)) {
    if (!IsControl(experiment)) continue;
    auto status = AskSet(capture, {}, /*at_canary=*/true);
    if (!status.ok()) return status;
  }
  if (auto status = Drain(capture); !status.ok()) return status;
  if (study::Summarise(parts_.witness->observations()).control_replies == 0) {
    return absl::OkStatus();
  }
  return absl::PermissionDeniedError(
      what_.canary.ToString() +
      " is not silent: it answers for the control name");
}

absl::Status StudyRun::Walk(capture::UdpCapture* capture) {
  const std::size_t most = what_.walk.value_or(kMostWalk);
  const std::vector<Experiment> steps(
      kWalkSet, study::WalkStep(what_.names, Part::kWalk));
  for (std::size_t asked = 0; asked < most && !Finishing(); asked += kWalkSet) {
    const auto now = std::min(kWalkSet, most - asked);
    auto status = AskSet(capture, std::span(steps).first(now), true);
    if (!status.ok()) return status;
    if (!what_.walk && study::WalkIsSettled(parts_.witness->observations())) {
      break;
    }
  }
  return absl::OkStatus();
}

absl::Status StudyRun::AskFromOnePort(capture::UdpCapture* capture) {
  if (auto status = CheckSilence(capture); !status.ok()) return status;
  const auto all = study::ListExperiments(what_.names);
  // One set a name.
  for (auto first = all.begin(); first != all.end() && !Finishing();) {
    const auto end = std::find_if_not(first, all.end(), [&](const auto& other) {
      return SameTarget(*first, other);
    });
    const std::span set(first, end);
    if (!IsControl(*first)) {
      auto status = AskSet(capture, set, /*at_canary=*/true);
      const bool named = first->qname == what_.names.name;
      if (status.ok() && what_.server && named) {
        status = AskSet(capture, set, /*at_canary=*/false);
      }
      if (!status.ok()) return status;
    }
    first = end;
  }
  if (auto status = Walk(capture); !status.ok()) return status;
  return Drain(capture);
}

absl::Status StudyRun::AskFromManyPorts(capture::UdpCapture* capture) {
  const std::vector<Experiment> steps(
      kFlowQuestions, study::WalkStep(what_.names, Part::kFlow));
  auto status = AskSet(capture, steps, /*at_canary=*/true);
  return status.ok() ? Drain(capture) : status;
}

}  // namespace taster::cli
