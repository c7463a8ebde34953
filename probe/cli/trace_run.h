// SPDX-License-Identifier: Apache-2.0
// The loop that asks a trace's questions, stage by stage.
#pragma once

#include "absl/status/status.h"
#include "probe/capture/udp_capture.h"
#include "probe/cli/trace_witness.h"
#include "probe/plan/pacer.h"
#include "probe/plan/trace_series.h"
#include "probe/record/recorder.h"

namespace taster::cli {

class TraceRun {
 public:
  // What it works with; all must outlive it. `capture` has one port and tells
  // `witness`, which tells `series` and `recorder`.
  struct Parts {
    capture::UdpCapture* capture;
    TraceWitness* witness;
    plan::TraceSeries* series;
    record::Recorder* recorder;
    plan::Pacer* pacer;
  };
  explicit TraceRun(const Parts& parts) : parts_(parts) {}

  // Asks until the series is over or the first signal; waits for open
  // windows, or closes them at the second; then records everything as one set.
  absl::Status Run();

 private:
  absl::Status AskStage();
  absl::Status Ask(const capture::Question& question);
  // Until nothing more is to be expected of what was asked.
  absl::Status Settle();
  absl::Status Drain();

  Parts parts_;
};

}  // namespace taster::cli
