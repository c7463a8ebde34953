// SPDX-License-Identifier: Apache-2.0
// The loop that asks a study's questions, set by set.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "probe/capture/udp_capture.h"
#include "probe/cli/study_witness.h"
#include "probe/plan/pacer.h"
#include "probe/record/recorder.h"
#include "probe/study/experiments.h"

namespace taster::cli {

struct StudyOptions {
  study::StudyNames names;
  net::Endpoint canary;
  std::optional<net::Endpoint> server;  // Asked beside it.
  capture::ServerKind server_kind = capture::ServerKind::kRecursive;
  // Questions of the walk; nullopt: until it is settled, kMostWalk at most.
  std::optional<std::size_t> walk;
};
inline constexpr std::size_t kMostWalk = 4096;

class StudyRun {
 public:
  // What it works with; all must outlive it.
  struct Parts {
    StudyWitness* witness;
    record::Recorder* recorder;
    plan::Pacer* pacer;
  };
  StudyRun(const StudyOptions& what, const Parts& parts)
      : what_(what), parts_(parts) {}

  // Everything but the flows, over `capture`, which has one port. Stops asking
  // at the first signal; waits for open windows, or closes them at the second.
  // PermissionDenied: the canary answers for the control name; nothing else
  // was asked then.
  absl::Status AskFromOnePort(capture::UdpCapture* capture);
  // The flows, over `capture`, which has many ports.
  absl::Status AskFromManyPorts(capture::UdpCapture* capture);

 private:
  absl::Status Walk(capture::UdpCapture* capture);
  // One recorded set: `experiments`, and the control name beside them.
  absl::Status AskSet(capture::UdpCapture* capture,
                      std::span<const study::Experiment> experiments,
                      bool at_canary);
  absl::Status Ask(capture::UdpCapture* capture,
                   const study::Experiment& experiment, bool at_canary);
  absl::Status Drain(capture::UdpCapture* capture);
  absl::Status CheckSilence(capture::UdpCapture* capture);

  const StudyOptions what_;
  Parts parts_;
  std::uint32_t set_ = 0;
};

}  // namespace taster::cli
