// SPDX-License-Identifier: Apache-2.0
// run: rounds at intervals, sending beside them, until told to stop.
#include <random>
#include <thread>

#include "probe/cli/commands.h"
#include "probe/cli/config_file.h"
#include "probe/cli/interrupt.h"
#include "probe/cli/log.h"

namespace taster::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPause{100};
constexpr std::chrono::hours kSummaryEvery{1};
// Rounds at the same minute every day would be a fingerprint: an interval is
// lengthened by up to this share of itself.
constexpr double kIntervalJitter = 0.25;

Clock::duration Jittered(std::chrono::minutes interval) {
  std::random_device entropy;
  std::uniform_real_distribution<double> share(1, 1 + kIntervalJitter);
  return std::chrono::duration_cast<Clock::duration>(interval * share(entropy));
}

class Daemon {
 public:
  Daemon(Station* station, std::vector<dns::Name> names)
      : station_(station), names_(std::move(names)) {}

  ExitCode Run() {
    while (true) {
      const auto next = Clock::now() + Jittered(station_->config().interval);
      if (auto code = OneRound(); code != kDone) return code;
      if (auto code = RestUntil(next); code != kDone) return code;
      if (Finishing()) break;
    }
    LogLine(event::kStopping).Info();
    return Terminated() ? kDone : kInterrupted;
  }

 private:
  ExitCode OneRound() {
    LogLine(event::kRoundBegun).Add("names", names_.size()).Info();
    const auto before = station_->counts().recorded;
    const auto status =
        station_->Measure(names_, Progress(ProgressStyle::kQuiet));
    LogLine(event::kRoundDone)
        .Add("recorded", station_->counts().recorded - before)
        .Add("code", absl::StatusCodeToString(status.code()))
        .Info();
    if (status.ok() || absl::IsResourceExhausted(status)) {
      if (!status.ok()) {
        LogLine(station_->spool().full() ? event::kSpoolFull
                                         : event::kRoundSkipped)
            .Add("reason", std::string(status.message()))
            .Warning();
      }
      return kDone;
    }
    return Refuse({kInternal, std::string(status.message())});
  }

  ExitCode DoTasks() {
    const auto before = station_->counts().recorded;
    const auto status = station_->Measure({}, Progress(ProgressStyle::kQuiet));
    LogLine(event::kTasksDone)
        .Add("recorded", station_->counts().recorded - before)
        .Add("code", absl::StatusCodeToString(status.code()))
        .Info();
    if (status.ok() || absl::IsResourceExhausted(status)) return kDone;
    return Refuse({kInternal, std::string(status.message())});
  }

  ExitCode RestUntil(Clock::time_point next) {
    while (!Finishing() && Clock::now() < next) {
      if (station_->HasTasks() && !station_->spool().full()) {
        if (auto code = DoTasks(); code != kDone) return code;
      }
      if (auto status = station_->sending_status(); !status.ok()) {
        LogLine(event::kSpoolFailed).Warning();
        return Refuse(SpoolRefusal(status));
      }
      if (Clock::now() >= next_summary_) Summarise();
      std::this_thread::sleep_for(kPause);
    }
    return kDone;
  }

  void Summarise() {
    next_summary_ = Clock::now() + kSummaryEvery;
    const auto spool = station_->spool().Status();
    if (!spool.ok()) return;
    LogLine(event::kSummary)
        .Add("recorded", spool->recorded_measurements)
        .Add("delivered", spool->delivered_measurements)
        .Add("waiting", spool->waiting_measurements)
        .Add("refused", spool->refused_measurements)
        .Add("quarantined_batches", spool->quarantined_batches)
        .Add("damaged_batches", spool->damaged_batches)
        .Info();
  }

  Station* station_;
  const std::vector<dns::Name> names_;
  Clock::time_point next_summary_ = Clock::now() + kSummaryEvery;
};

ExitCode Run(const Invocation& invocation) {
  auto opened = Station::Open(invocation.common, *invocation.edges);
  if (auto* refusal = std::get_if<Refusal>(&opened)) return Refuse(*refusal);
  auto& station = *std::get<std::unique_ptr<Station>>(opened);
  auto targets = LoadTargets(station.config());
  if (auto* refusal = std::get_if<Refusal>(&targets)) return Refuse(*refusal);
  auto& names = std::get<std::vector<dns::Name>>(targets);
  if (const auto refusal = station.CheckDay(names)) return Refuse(*refusal);
  StartLog(/*quiet=*/false);
  WatchSignals();
  if (const auto refusal = station.StartSending(/*hold=*/true)) {
    return Refuse(*refusal);
  }
  if (station.config().plan.tasks) {
    if (const auto refusal = station.StartFetching()) return Refuse(*refusal);
  }
  return Daemon(&station, std::move(names)).Run();
}

}  // namespace

void AddRun(CLI::App* app, Invocation* invocation) {
  auto* run = app->add_subcommand(
      "run",
      "Example: taster-probe run\n\nMeasures at intervals and sends beside it, "
      "until SIGINT or SIGTERM. Logs one line an event to stderr.");
  run->callback([invocation] {
    invocation->run = [invocation] { return Run(*invocation); };
  });
}

}  // namespace taster::cli
