// SPDX-License-Identifier: Apache-2.0
// The loop that asks a list's names of silent hosts, one after the other.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "probe/capture/udp_capture.h"
#include "probe/cli/name_source.h"
#include "probe/cli/sweep_progress.h"
#include "probe/cli/sweep_state.h"
#include "probe/cli/sweep_witness.h"
#include "probe/plan/sweep_pace.h"
#include "probe/record/recorder.h"

namespace taster::cli {

// How old a batch may get: what is over for so long is recorded.
inline constexpr std::chrono::milliseconds kSweepBatchAge{2000};

class SweepRun {
 public:
  using Clock = std::chrono::steady_clock;

  // What it works with; all must outlive it. `capture` tells `witness`, which
  // tells `recorder`.
  struct Parts {
    capture::UdpCapture* capture;
    SweepWitness* witness;
    record::Recorder* recorder;
    NameSource* source;
    SweepProgress* progress;
    // Makes what is over durable; empty: nobody wants to go on later.
    std::function<absl::Status(const SweepCounts&)> save;
    std::function<bool()> spool_full;
  };
  SweepRun(const SweepQuestions& what, double rate, const SweepCounts& before,
           const Parts& parts);

  // Asks the control name several times of each canary, then the names, until
  // the list ends or the first signal; waits for open windows, or closes them
  // at the second; then records and saves. PermissionDenied: a canary is not
  // silent. ResourceExhausted: the spool stayed full, or the network takes no
  // queries.
  absl::Status Run();

  // Of this run and those before it.
  SweepCounts counts() const;
  bool complete() const { return ended_ && parts_.witness->idle(); }

 private:
  absl::Status CheckSilence();
  absl::Status AskAll();
  // Asks at most `room` queries; how many.
  absl::StatusOr<std::size_t> AskSome(std::size_t room);
  std::size_t AskControls(std::size_t room);
  // The name that was read last. False: the engine has no room for all of it.
  bool AskPending(std::size_t* asked);
  std::size_t Room();
  absl::Status Turn(std::chrono::milliseconds patience);
  // Records, saves and tells, when it is time.
  absl::Status Beat();
  // Why no more may be asked, if so.
  absl::Status Stopped() const;
  absl::Status Drain();

  const SweepQuestions what_;
  Parts parts_;
  capture::Question question_;
  plan::SweepPace pace_;
  const std::chrono::milliseconds duration_before_;
  Clock::time_point begun_;
  Clock::duration asked_for_{0};  // Once asking is over.
  bool asking_ = false;
  bool ended_ = false;    // The list was read to its end.
  bool waiting_ = false;  // For more of the list, or for room.
  capture::Token token_ = 0;
  std::size_t pending_ = 0;  // Canaries that the last name is still due at.
  Clock::time_point next_beat_{};
  Clock::time_point next_check_{};
  Clock::time_point next_save_{};
  std::optional<Clock::time_point> full_since_;
  // Over at that time; durable some time later.
  std::optional<std::pair<Clock::time_point, SweepCounts>> unsaved_;
};

}  // namespace taster::cli
