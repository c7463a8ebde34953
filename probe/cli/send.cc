// SPDX-License-Identifier: Apache-2.0
// send: delivers what waits; asks nothing.
#include "probe/cli/commands.h"
#include "probe/cli/interrupt.h"
#include "probe/cli/log.h"

namespace taster::cli {
namespace {

ExitCode Send(const Invocation& invocation, const std::string& patience) {
  auto opened = Station::Open(invocation.common, *invocation.edges);
  if (auto* refusal = std::get_if<Refusal>(&opened)) return Refuse(*refusal);
  auto& station = *std::get<std::unique_ptr<Station>>(opened);
  StartLog(/*quiet=*/true);
  WatchSignals();
  if (const auto refusal = station.StartSending(/*hold=*/false)) {
    return Refuse(*refusal);
  }
  return AwaitDelivery(&station, std::chrono::seconds(std::stoul(patience)));
}

}  // namespace

void AddSend(CLI::App* app, Invocation* invocation) {
  auto* send = app->add_subcommand(
      "send",
      "Example: taster-probe send\n\nDelivers what waits in the spool; "
      "asks nothing.");
  auto patience = std::make_shared<std::string>("30");
  send->add_option("--patience", *patience,
                   "Seconds of failing before giving up on the collector")
      ->check(WholeNumber(0, 86'400));
  send->callback([invocation, patience] {
    invocation->run = [invocation, patience] {
      return Send(*invocation, *patience);
    };
  });
}

}  // namespace taster::cli
