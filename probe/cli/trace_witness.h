// SPDX-License-Identifier: Apache-2.0
// Stands between the engine and the recorder while a trace runs.
#pragma once

#include <chrono>
#include <unordered_map>
#include <utility>
#include <vector>

#include "probe/capture/witness.h"
#include "probe/cli/ladder.h"
#include "probe/plan/first_hops.h"
#include "probe/plan/trace_series.h"
#include "probe/record/recorder.h"

namespace taster::cli {

// Tells the series what came, fills the ladder, and hands everything on to the
// recorder; ICMP errors only at the end, when it is known which routers are the
// volunteer's own: of those the address is set to zero, at equal length, and
// the error stays. What is not Time Exceeded keeps its sender only where that
// is the server.
class TraceWitness final : public capture::Witness {
 public:
  // `series` and `recorder` must outlive this.
  TraceWitness(const plan::TraceOptions& what, plan::TraceSeries* series,
               record::Recorder* recorder, plan::FirstHops first_hops);

  // The question is asked under this token.
  void Expect(capture::Token token, const capture::Question& question);
  void Withdraw(capture::Token token) { questions_.erase(token); }

  void OnSent(capture::Token token, const capture::Sent& sent) override;
  void OnArrived(capture::Token token,
                 const capture::Arrived& arrived) override;
  void OnIcmp(capture::Token token, const capture::IcmpArrived& icmp) override;
  void OnStream(capture::Token token,
                const capture::StreamFacts& facts) override;
  void OnClosed(capture::Token token, capture::Outcome outcome,
                std::uint32_t uncounted) override;

  // Once every query is closed: gives the recorder what was held back.
  void Release();

  // The longest that anything took to come back.
  std::chrono::microseconds slowest() const { return slowest_; }
  // Counts what came back.
  std::uint64_t arrivals() const { return arrivals_; }
  const Ladder& ladder() const { return ladder_; }

 private:
  struct HeldIcmp {
    capture::Token token;
    capture::IcmpArrived icmp;
  };
  struct HeldClosing {
    capture::Token token;
    capture::Outcome outcome;
    std::uint32_t uncounted;
  };

  const capture::Question* Find(capture::Token token) const;
  LadderSide& SideOf(const capture::Question& question);
  void NoteArrival(std::chrono::microseconds offset);
  void ReleaseIcmp(const HeldIcmp& held);

  plan::TraceSeries* series_;
  record::Recorder* recorder_;
  plan::FirstHops first_hops_;
  Ladder ladder_;
  std::unordered_map<capture::Token, capture::Question> questions_;
  std::unordered_map<capture::Token, bool> answered_;
  std::vector<HeldIcmp> icmp_;
  std::vector<HeldClosing> closings_;
  std::chrono::microseconds slowest_{0};
  std::uint64_t arrivals_ = 0;
};

}  // namespace taster::cli
