// SPDX-License-Identifier: Apache-2.0
// send: delivers what waits; asks nothing.
#include "probe/cli/commands.h"
#include "probe/cli/interrupt.h"
#include "probe/cli/log.h"

namespace taster::cli {
namespace {

struct SendOptions {
  std::string patience = "30";
  bool verbose = false;
};

ExitCode Send(const Invocation& invocation, const SendOptions& options) {
  auto opened = Station::Open(invocation.common, *invocation.edges);
  if (auto* refusal = std::get_if<Refusal>(&opened)) return Refuse(*refusal);
  auto& station = *std::get<std::unique_ptr<Station>>(opened);
  StartLog(/*quiet=*/!options.verbose);
  WatchSignals();
  if (const auto refusal = station.StartSending(/*hold=*/false)) {
    return Refuse(*refusal);
  }
  return AwaitDelivery(&station,
                       std::chrono::seconds(std::stoul(options.patience)));
}

}  // namespace

void AddSend(CLI::App* app, Invocation* invocation) {
  auto* send = app->add_subcommand(
      "send",
      "Example: taster-probe send\n\nDelivers what waits in the spool; "
      "asks nothing.");
  auto options = std::make_shared<SendOptions>();
  send->add_option("--patience", options->patience,
                   "Seconds of failing before giving up on the collector")
      ->check(WholeNumber(0, 86'400));
  AddFlag(send, "--verbose", &options->verbose,
          "Log a line an event to stderr, such as a batch that was delivered");
  send->callback([invocation, options] {
    invocation->run = [invocation, options] {
      return Send(*invocation, *options);
    };
  });
}

}  // namespace taster::cli
