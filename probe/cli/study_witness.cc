// SPDX-License-Identifier: Apache-2.0
// From datagrams to observations.
#include "probe/cli/study_witness.h"

#include <utility>

namespace taster::cli {

void StudyWitness::Expect(capture::Token token,
                          study::Observation observation) {
  // Control names advance nobody's pool: they come between no two questions.
  observation.ask = next_ask_;
  next_ask_ += observation.experiment.part == study::Part::kControl ? 0 : 1;
  open_[token].index = observations_.size();
  observations_.push_back(std::move(observation));
}

void StudyWitness::Withdraw(capture::Token token) {
  if (open_.erase(token) == 0) return;
  next_ask_ = observations_.back().ask;
  observations_.pop_back();
}

void StudyWitness::OnSent(capture::Token token, const capture::Sent& sent) {
  const auto found = open_.find(token);
  if (found != open_.end()) {
    found->second.query.assign(sent.query.begin(), sent.query.end());
    observations_[found->second.index].flow = sent.source_port;
  }
  recorder_->OnSent(token, sent);
}

void StudyWitness::OnArrived(capture::Token token,
                             const capture::Arrived& arrived) {
  const auto found = open_.find(token);
  if (found != open_.end()) {
    auto reply = study::ReadReply(arrived.message, found->second.query,
                                  {.ip_ttl = arrived.ip_ttl,
                                   .dont_fragment = arrived.dont_fragment,
                                   .ip_id_zero = arrived.ip_id_zero});
    // What cannot be read is a reply all the same.
    observations_[found->second.index].replies.push_back(
        std::move(reply).value_or(study::Reply{}));
  }
  recorder_->OnArrived(token, arrived);
}

void StudyWitness::OnIcmp(capture::Token token,
                          const capture::IcmpArrived& icmp) {
  recorder_->OnIcmp(token, icmp);
}

void StudyWitness::OnStream(capture::Token token,
                            const capture::StreamFacts& facts) {
  recorder_->OnStream(token, facts);
}

void StudyWitness::OnClosed(capture::Token token, capture::Outcome outcome,
                            std::uint32_t uncounted) {
  open_.erase(token);
  recorder_->OnClosed(token, outcome, uncounted);
}

}  // namespace taster::cli
