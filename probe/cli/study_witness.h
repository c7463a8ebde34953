// SPDX-License-Identifier: Apache-2.0
// Hears a study's engine: reads replies for the report, and hands everything
// on to the recorder.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "probe/capture/question.h"
#include "probe/capture/witness.h"
#include "probe/record/recorder.h"
#include "probe/study/experiments.h"

namespace taster::cli {

class StudyWitness final : public capture::Witness {
 public:
  // `recorder` must outlive it.
  explicit StudyWitness(record::Recorder* recorder) : recorder_(recorder) {}

  // The next question; asked under the recorder's `token`.
  void Expect(capture::Token token, study::Observation observation);
  // The engine had no room for the question that was expected last.
  void Withdraw(capture::Token token);

  void OnSent(capture::Token token, const capture::Sent& sent) override;
  void OnArrived(capture::Token token,
                 const capture::Arrived& arrived) override;
  void OnIcmp(capture::Token token, const capture::IcmpArrived& icmp) override;
  void OnStream(capture::Token token,
                const capture::StreamFacts& facts) override;
  void OnClosed(capture::Token token, capture::Outcome outcome,
                std::uint32_t uncounted) override;

  // In the order of asking; those asked last may still draw replies.
  const std::vector<study::Observation>& observations() const {
    return observations_;
  }

 private:
  struct Open {
    std::size_t index = 0;  // Of its observation.
    std::vector<std::uint8_t> query;
  };

  record::Recorder* recorder_;
  std::vector<study::Observation> observations_;
  std::uint32_t next_ask_ = 0;
  std::unordered_map<capture::Token, Open> open_;
};

}  // namespace taster::cli
