// SPDX-License-Identifier: Apache-2.0
// A study with what the station holds.
#include <algorithm>
#include <random>

#include "probe/cli/host.h"
#include "probe/cli/interrupt.h"
#include "probe/cli/station.h"
#include "probe/cli/study_run.h"
#include "probe/cli/version.h"
#include "probe/plan/own_canary.h"
#include "probe/plan/trace_options.h"
#include "probe/study/report.h"

namespace taster::cli {
namespace {

// Nothing that belongs to a study comes later; somebody waits.
constexpr std::chrono::milliseconds kLongestWindow{2000};
constexpr int kFlows = 32;

}  // namespace

absl::StatusOr<study::Report> Station::Study(const StudyOptions& what) {
  const auto& plan = config_.plan;
  auto status =
      plan::CheckOwnCanaries(plan, {&what.canary, 1}, what.names.qtype);
  if (status.ok() && HasNoRoom()) {
    status = absl::ResourceExhaustedError("the spool is full");
  }
  if (!status.ok()) return status;
  const auto window =
      std::min<std::chrono::milliseconds>(plan.window, kLongestWindow);
  record::Recorder recorder(
      spool_.get(), {.software = "taster-probe/" + std::string(kVersion),
                     .target_list = "local",
                     .window = window,
                     .own_addresses = OwnPublicAddresses()});
  std::random_device entropy;
  plan::Rng rng((static_cast<std::uint64_t>(entropy()) << 32) | entropy());
  plan::Pacer pacer(plan::TraceRate(plan), plan::CapsOf(plan.profile), rng);
  StudyWitness witness(&recorder);
  StudyRun run(what, {&witness, &recorder, &pacer});
  for (const int ports : {1, kFlows}) {
    auto capture =
        edges_.open_capture({.ports = ports, .window = window}, &witness);
    if (!capture.ok()) return capture.status();
    status = ports == 1 ? run.AskFromOnePort(capture->get())
                        : run.AskFromManyPorts(capture->get());
    (*capture)->CancelAll();
    if (!status.ok() || Finishing()) break;
  }
  // Whatever ended the study, what was measured is recorded if it can be.
  const auto recorded = recorder.Flush();
  AddCounts(recorder.counts());
  if (status.ok()) status = recorded;
  if (!status.ok()) return status;
  return study::Summarise(witness.observations());
}

}  // namespace taster::cli
