// SPDX-License-Identifier: Apache-2.0
// Holds back, then withholds.
#include "probe/cli/trace_witness.h"

#include <algorithm>

namespace taster::cli {
namespace {

// RFC 792 and RFC 4443 section 3.3.
bool IsTimeExceeded(const capture::IcmpArrived& icmp) {
  return icmp.type == (icmp.v6 ? 3 : 11);
}

net::IpAddress Zeroed(const net::IpAddress& address) {
  return address.is_v4() ? net::IpAddress{} : net::IpAddress::FromV6({});
}

std::uint8_t StepOf(const capture::Question& question) {
  return question.ip_ttl.value_or(0);
}

}  // namespace

TraceWitness::TraceWitness(const plan::TraceOptions& what,
                           plan::TraceSeries* series,
                           record::Recorder* recorder,
                           plan::FirstHops first_hops)
    : series_(series),
      recorder_(recorder),
      first_hops_(std::move(first_hops)),
      ladder_{.what = what, .steps = {}} {}

void TraceWitness::Expect(capture::Token token,
                          const capture::Question& question) {
  questions_.emplace(token, question);
}

const capture::Question* TraceWitness::Find(capture::Token token) const {
  const auto found = questions_.find(token);
  return found == questions_.end() ? nullptr : &found->second;
}

LadderSide& TraceWitness::SideOf(const capture::Question& question) {
  LadderStep& step = ladder_.steps[StepOf(question)];
  return question.role == capture::QuestionRole::kTrace ? step.target
                                                        : step.control;
}

void TraceWitness::NoteArrival(std::chrono::microseconds offset) {
  ++arrivals_;
  slowest_ = std::max(slowest_, offset);
}

void TraceWitness::OnSent(capture::Token token, const capture::Sent& sent) {
  recorder_->OnSent(token, sent);
  const auto* question = Find(token);
  if (!question) return;
  ++SideOf(*question).asked;
  ladder_.source_port = sent.source_port;
}

void TraceWitness::OnArrived(capture::Token token,
                             const capture::Arrived& arrived) {
  recorder_->OnArrived(token, arrived);
  const auto* question = Find(token);
  if (!question || !arrived.matches) return;
  NoteArrival(arrived.offset);
  series_->OnAnswer(*question);
  LadderSide& side = SideOf(*question);
  side.replies.push_back({arrived.offset, arrived.ip_ttl});
  if (answered_.emplace(token, true).second) ++side.answered;
}

void TraceWitness::OnIcmp(capture::Token token,
                          const capture::IcmpArrived& icmp) {
  icmp_.push_back({token, icmp});
  const auto* question = Find(token);
  if (!question || !IsTimeExceeded(icmp)) return;
  NoteArrival(icmp.offset);
  series_->OnExpired(*question);
  first_hops_.Note(StepOf(*question), icmp.offender);
}

void TraceWitness::OnStream(capture::Token token,
                            const capture::StreamFacts& facts) {
  recorder_->OnStream(token, facts);
}

void TraceWitness::OnClosed(capture::Token token, capture::Outcome outcome,
                            std::uint32_t uncounted) {
  closings_.push_back({token, outcome, uncounted});
}

void TraceWitness::ReleaseIcmp(const HeldIcmp& held) {
  const auto* question = Find(held.token);
  if (!question) return;
  capture::IcmpArrived icmp = held.icmp;
  const bool of_server = icmp.offender == question->server.address;
  const bool may_name = IsTimeExceeded(icmp) &&
                        first_hops_.MayName(StepOf(*question), icmp.offender);
  if (!of_server && !may_name) icmp.offender = Zeroed(icmp.offender);
  if (IsTimeExceeded(icmp)) {
    LadderStep& step = ladder_.steps[StepOf(*question)];
    if (may_name) {
      step.routers.insert(icmp.offender);
    } else {
      ++step.withheld;
    }
  }
  recorder_->OnIcmp(held.token, icmp);
}

void TraceWitness::Release() {
  for (const auto& held : icmp_) ReleaseIcmp(held);
  for (const auto& held : closings_) {
    recorder_->OnClosed(held.token, held.outcome, held.uncounted);
  }
  icmp_.clear();
  closings_.clear();
}

}  // namespace taster::cli
