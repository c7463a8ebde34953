// SPDX-License-Identifier: Apache-2.0
// Stands between the engines and the recorder of a round with checks: notes
// which addresses were answered, and when a set's questions are over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "probe/capture/question.h"
#include "probe/capture/witness.h"
#include "probe/plan/check_plan.h"

namespace taster::cli {

// Hands everything on unchanged. Only replies that match count, to the
// questions for the target and for the control name; what an identity question
// brings is the volunteer's own address. Tokens that it was not told of, such
// as those of checks, are handed on alone.
class Answered final : public capture::Witness {
 public:
  // `next` must outlive this.
  explicit Answered(capture::Witness* next) : next_(next) {}

  // The question is asked under this token.
  void Expect(capture::Token token, const capture::Question& question);
  // It could not be asked now.
  void Withdraw(capture::Token token);
  // Others were answered these for the set's target.
  void Suspect(std::uint32_t set, const std::vector<net::IpAddress>& addresses);
  // All questions of this set have been asked.
  void EndQuestions(std::uint32_t set);

  // What was answered for a set whose questions are all over; each set once.
  std::optional<plan::SetAnswers> TakeReady();
  // Sets that were not taken yet.
  std::size_t waiting() const { return sets_.size() + ready_.size(); }

  void OnSent(capture::Token token, const capture::Sent& sent) override;
  void OnArrived(capture::Token token,
                 const capture::Arrived& arrived) override;
  void OnIcmp(capture::Token token, const capture::IcmpArrived& icmp) override;
  void OnStream(capture::Token token,
                const capture::StreamFacts& facts) override;
  void OnClosed(capture::Token token, capture::Outcome outcome,
                std::uint32_t uncounted) override;

 private:
  struct Asked {
    std::uint32_t set = 0;
    capture::QuestionRole role = capture::QuestionRole::kTarget;
    plan::Answerer answerer = plan::Answerer::kResolver;
  };
  struct OpenSet {
    plan::SetAnswers answers;
    std::size_t open = 0;
    bool ended = false;
  };

  // One question less is open.
  void Close(capture::Token token);
  void ReadyIfOver(std::uint32_t set);

  capture::Witness* next_;
  std::unordered_map<capture::Token, Asked> asked_;
  std::map<std::uint32_t, OpenSet> sets_;
  std::deque<plan::SetAnswers> ready_;
};

}  // namespace taster::cli
