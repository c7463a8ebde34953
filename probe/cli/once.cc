// SPDX-License-Identifier: Apache-2.0
// once: one round, then wait until it is delivered.
#include "probe/cli/commands.h"
#include "probe/cli/config_file.h"
#include "probe/cli/interrupt.h"
#include "probe/cli/log.h"

namespace taster::cli {
namespace {

struct OnceOptions {
  std::string progress = "auto";
  std::string patience = "30";
  bool verbose = false;
};

ExitCode Once(const Invocation& invocation, const OnceOptions& options) {
  auto opened = Station::Open(invocation.common, *invocation.edges);
  if (auto* refusal = std::get_if<Refusal>(&opened)) return Refuse(*refusal);
  auto& station = *std::get<std::unique_ptr<Station>>(opened);
  auto targets = LoadTargets(station.config());
  if (auto* refusal = std::get_if<Refusal>(&targets)) return Refuse(*refusal);
  if (const auto refusal =
          station.CheckDay(std::get<std::vector<dns::Name>>(targets))) {
    return Refuse(*refusal);
  }
  StartLog(/*quiet=*/!options.verbose);
  WatchSignals();
  if (const auto refusal = station.StartSending(/*hold=*/false)) {
    return Refuse(*refusal);
  }
  const auto measured =
      station.Measure(std::get<std::vector<dns::Name>>(targets),
                      Progress(*ProgressFromText(options.progress)));
  const auto failed = CodeOf(measured);
  if (failed != kDone) {
    Refuse(
        {failed, "the round ended early: " + std::string(measured.message())});
  }
  const auto delivered = AwaitDelivery(
      &station, std::chrono::seconds(std::stoul(options.patience)));
  return failed != kDone ? failed : delivered;
}

}  // namespace

void AddOnce(CLI::App* app, Invocation* invocation) {
  auto* once = app->add_subcommand(
      "once",
      "Examples:\n  taster-probe once\n  taster-probe once --progress plain\n\n"
      "Asks every question once, records what comes back, and waits until the "
      "collector has it. Ctrl-C finishes what is open and records it; a "
      "second Ctrl-C stops at once.");
  auto options = std::make_shared<OnceOptions>();
  once->add_option("--progress", options->progress,
                   "auto, plain or quiet; on stderr")
      ->check(CLI::IsMember({"auto", "plain", "quiet"}));
  once->add_option("--patience", options->patience,
                   "Seconds of failing before giving up on the collector")
      ->check(WholeNumber(0, 86'400));
  AddFlag(once, "--verbose", &options->verbose,
          "Log a line an event to stderr, such as a batch that was delivered");
  once->callback([invocation, options] {
    invocation->run = [invocation, options] {
      return Once(*invocation, *options);
    };
  });
}

}  // namespace taster::cli
