// SPDX-License-Identifier: Apache-2.0
// A trace with what the station holds.
#include <random>

#include "probe/cli/allowance.h"
#include "probe/cli/host.h"
#include "probe/cli/interrupt.h"
#include "probe/cli/station.h"
#include "probe/cli/trace_run.h"
#include "probe/cli/version.h"

namespace taster::cli {
namespace {

// Nothing that belongs to a trace comes later; somebody waits.
constexpr std::chrono::milliseconds kLongestWindow{2000};

}  // namespace

absl::StatusOr<Ladder> Station::Trace(const plan::TraceOptions& what) {
  const auto& plan = config_.plan;
  auto status = plan::CheckTrace(plan, what);
  if (status.ok() && HasNoRoom()) {
    status = absl::ResourceExhaustedError("the spool is full");
  }
  const auto caps = plan::CapsOf(plan.profile);
  if (status.ok()) {
    status = TakeAllowance(
        config_.state_dir,
        std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()),
        plan::BudgetOf(plan, what).most_questions, caps.queries_per_day);
  }
  if (!status.ok()) return status;

  const auto window =
      std::min<std::chrono::milliseconds>(plan.window, kLongestWindow);
  const auto own = OwnPublicAddresses();
  record::Recorder recorder(
      spool_.get(), {.software = "taster-probe/" + std::string(kVersion),
                     .target_list = "local",
                     .window = window,
                     .own_addresses = own});
  std::random_device entropy;
  plan::Rng rng((static_cast<std::uint64_t>(entropy()) << 32) | entropy());
  plan::TraceSeries series(what, rng);
  TraceWitness witness(what, &series, &recorder,
                       plan::FirstHops(plan.lab, own));
  // One port: every query of a trace has the same 5-tuple, and so, where
  // routers share their load by it, the same path.
  auto capture = edges_.open_capture({.ports = 1, .window = window}, &witness);
  if (!capture.ok()) return capture.status();
  plan::Pacer pacer(plan::TraceRate(plan), caps, rng);
  status = TraceRun({.capture = capture->get(),
                     .witness = &witness,
                     .series = &series,
                     .recorder = &recorder,
                     .pacer = &pacer})
               .Run();
  AddCounts(recorder.counts());
  if (!status.ok()) return status;
  return witness.ladder();
}

absl::Status Station::MeasureTraces() {
  for (const auto& planned : plan::PlannedTraces(config_.plan)) {
    if (Finishing()) break;
    if (const auto ladder = Trace(planned); !ladder.ok()) {
      return ladder.status();
    }
  }
  return absl::OkStatus();
}

}  // namespace taster::cli
