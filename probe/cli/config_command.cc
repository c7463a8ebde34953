// SPDX-License-Identifier: Apache-2.0
// config check: whether the configuration and the target list are usable.
#include <cstdio>

#include "probe/cli/commands.h"
#include "probe/cli/config_file.h"

namespace taster::cli {
namespace {

ExitCode Check(const CommonOptions& common) {
  auto loaded = LoadConfig(common.config);
  if (auto* refusal = std::get_if<Refusal>(&loaded)) return Refuse(*refusal);
  const auto& config = std::get<Config>(loaded);
  auto targets = LoadTargets(config);
  if (auto* refusal = std::get_if<Refusal>(&targets)) return Refuse(*refusal);
  std::printf("%s: fine, %zu names\n", FindConfig(common.config).c_str(),
              std::get<std::vector<dns::Name>>(targets).size());
  return kDone;
}

}  // namespace

void AddConfig(CLI::App* app, Invocation* invocation) {
  auto* config =
      app->add_subcommand("config",
                          "Example: taster-probe config check\n\nLooks at the "
                          "configuration.");
  config->require_subcommand(1);
  auto* check = config->add_subcommand(
      "check", "Says whether configuration and target list are usable");
  check->callback([invocation] {
    invocation->run = [invocation] { return Check(invocation->common); };
  });
}

}  // namespace taster::cli
