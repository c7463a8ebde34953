// SPDX-License-Identifier: Apache-2.0
// A sweep with what the station holds.
#include <algorithm>
#include <cmath>
#include <utility>

#include "probe/cli/host.h"
#include "probe/cli/station.h"
#include "probe/cli/sweep_run.h"
#include "probe/cli/sweep_summary.h"
#include "probe/cli/version.h"
#include "probe/plan/own_canary.h"
#include "proto/dns/presentation.h"

namespace taster::cli {
namespace {

using std::chrono::milliseconds;

// A silent host has no genuine answer to wait for, and a forged one comes from
// half way: a path takes less than a second.
constexpr milliseconds kLongestWindow{1000};
constexpr int kLeastPorts = 4;
constexpr int kMostPorts = 16;
constexpr double kIdsPerPort = 65536;

// Half of the ids stay free: they are drawn at random.
int PortsFor(double rate, milliseconds window) {
  const double open = rate * std::chrono::duration<double>(window).count();
  return static_cast<int>(std::clamp(std::ceil(2 * open / kIdsPerPort),
                                     double{kLeastPorts}, double{kMostPorts}));
}

std::string QuestionText(const SweepOptions& what, const dns::Name& control) {
  std::string text = dns::TypeToText(what.qtype);
  for (const auto& canary : what.canaries) text += " " + canary.ToString();
  return text + " " + control.ToText();
}

// Where this sweep is to go on; the beginning when it never was stopped.
absl::StatusOr<SweepState> StateOf(const SweepOptions& what,
                                   const std::string& question,
                                   NameSource* source) {
  SweepState state{.question = question, .counts = {}};
  if (what.resume.empty()) return state;
  auto loaded = LoadSweepState(what.resume);
  if (absl::IsNotFound(loaded.status())) return state;
  if (!loaded.ok()) return loaded.status();
  if (loaded->question != question) {
    return absl::DataLossError(what.resume.string() +
                               " is of a sweep that asks something else");
  }
  while (source->entries() < loaded->counts.entries) {
    const auto next = source->Skip();
    if (!next.ok()) return next.status();
    if (*next == NameSource::Next::kEnd) break;
  }
  if (source->entries() != loaded->counts.entries ||
      source->first_mark() != loaded->first_mark ||
      source->total_bytes() != loaded->list_bytes) {
    return absl::DataLossError(what.resume.string() +
                               " is of a sweep of another list");
  }
  return loaded;
}

absl::Status CheckSweep(const plan::PlanOptions& plan,
                        const SweepOptions& what) {
  auto status = plan::CheckOwnCanaries(plan, what.canaries, what.qtype);
  if (status.ok()) status = plan::CheckSweepRate(plan.profile, what.rate);
  return status;
}

}  // namespace

absl::Status Station::Sweep(const SweepOptions& what, SweepSummary* summary) {
  const auto& plan = config_.plan;
  if (auto status = CheckSweep(plan, what); !status.ok()) return status;
  auto source = NameSource::Open(what.names);
  if (!source.ok()) return source.status();
  const auto question = QuestionText(what, plan.control_name);
  auto state = StateOf(what, question, source->get());
  if (!state.ok()) return state.status();

  const auto window = std::min<milliseconds>(plan.window, kLongestWindow);
  record::Recorder recorder(
      spool_.get(), {.software = "taster-probe/" + std::string(kVersion),
                     .target_list = "sweep",
                     .window = window,
                     .own_addresses = OwnPublicAddresses(),
                     .batch_age = kSweepBatchAge});
  SweepQuestions questions;
  questions.canaries = what.canaries;
  questions.control_name = plan.control_name;
  questions.shape.qtype = what.qtype;
  SweepWitness witness(questions, state->counts, &recorder);
  auto capture = edges_.open_capture(
      {.ports = PortsFor(what.rate, window), .window = window, .bulk = true},
      &witness);
  if (!capture.ok()) return capture.status();
  SweepProgress progress(what.progress);
  SweepRun::Parts parts{.capture = capture->get(),
                        .witness = &witness,
                        .recorder = &recorder,
                        .source = source->get(),
                        .progress = &progress,
                        .save = {},
                        .spool_full = [this] { return spool_->full(); }};
  if (!what.resume.empty()) {
    parts.save = [&](const SweepCounts& counts) {
      state->first_mark = (*source)->first_mark();
      state->list_bytes = (*source)->total_bytes();
      state->counts = counts;
      return SaveSweepState(what.resume, *state);
    };
  }
  SweepRun run(questions, what.rate, state->counts, parts);
  const auto status = run.Run();
  AddCounts(recorder.counts());
  *summary = {.counts = run.counts(), .complete = run.complete()};
  return status;
}

}  // namespace taster::cli
