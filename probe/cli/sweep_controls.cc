// SPDX-License-Identifier: Apache-2.0
// The control name: asked beside each name that drew a reply, and now and then,
// so that a canary that is not silent is noticed.
#include "probe/cli/sweep_witness.h"

namespace taster::cli {

void SweepWitness::AddChecks() {
  for (std::size_t i = 0; i < what_.canaries.size(); ++i) {
    due_.push_back({.beside = {}, .canary = i});
  }
}

std::optional<capture::Question> SweepWitness::NextControl(
    capture::Token* token) {
  if (due_.empty()) return {};
  Control control = due_.front();
  due_.pop_front();
  capture::Question question;
  question.role = capture::QuestionRole::kControlName;
  question.qname = what_.control_name;
  question.shape = what_.shape;
  question.server = what_.canaries[control.canary];
  question.server_kind = capture::ServerKind::kCanary;
  if (control.beside) {
    question.set = promoted_.at(*control.beside).set;
    control.token = recorder_->Expect(question);
  }
  *token = kControlBit | (next_control_++ & kPlaces);
  controls_[*token] = control;
  return question;
}

void SweepWitness::WithdrawControl(capture::Token token) {
  const auto found = controls_.find(token);
  if (found == controls_.end()) return;
  if (found->second.beside) recorder_->Withdraw(found->second.token);
  due_.push_front(found->second);
  controls_.erase(found);
}

void SweepWitness::DropControls() {
  const auto dropped = std::move(due_);
  due_.clear();
  for (const Control& control : dropped) {
    if (!control.beside) continue;
    --promoted_.at(*control.beside).controls;
    EndIfOver(*control.beside);
  }
}

void SweepWitness::CloseControl(capture::Token token, capture::Outcome outcome,
                                std::uint32_t uncounted) {
  const auto found = controls_.find(token);
  if (found == controls_.end()) return;
  const Control control = found->second;
  controls_.erase(found);
  if (!control.beside) return;
  recorder_->OnClosed(control.token, outcome, uncounted);
  --promoted_.at(*control.beside).controls;
  EndIfOver(*control.beside);
}

}  // namespace taster::cli
