// SPDX-License-Identifier: Apache-2.0
// key: the public key of this probe in this network, and how to enrol it.
#include <cstdio>

#include "probe/cli/commands.h"
#include "probe/cli/config_file.h"
#include "probe/cli/secret.h"
#include "probe/cli/terminal_text.h"
#include "probe/consent/state_file.h"

namespace taster::cli {
namespace {

void Print(const Config& config, const std::string& key, bool json) {
  // Which role it gets is the collector's decision; this is what fits.
  const char* role =
      config.plan.profile == plan::Profile::kControl ? "control" : "probe";
  const std::string line = "taster-collector enroll " + key + " --role " +
                           role + " --country " + config.country + " --asn " +
                           std::to_string(config.asn);
  if (json) {
    std::printf(
        "{\"vantage_key\":%s,\"country\":%s,\"asn\":%llu,"
        "\"enroll\":%s}\n",
        JsonText(key).c_str(), JsonText(config.country).c_str(),
        static_cast<unsigned long long>(config.asn), JsonText(line).c_str());
    return;
  }
  std::printf("%s\n%s\n", key.c_str(), line.c_str());
}

ExitCode Key(const CommonOptions& common, bool json) {
  if (const auto refusal = RefuseRoot(common)) return Refuse(*refusal);
  auto loaded = LoadConfig(common.config);
  if (auto* refusal = std::get_if<Refusal>(&loaded)) return Refuse(*refusal);
  const auto& config = std::get<Config>(loaded);
  auto status = consent::PrepareStateDirectory(config.state_dir);
  if (!status.ok()) {
    return Refuse({kBadConfiguration, std::string(status.message())});
  }
  const auto secret = LoadOrCreateSecret(config.state_dir);
  if (!secret.ok()) {
    return Refuse({kBadConfiguration, std::string(secret.status().message())});
  }
  const auto key = envelope::SigningKey::ForVantage(*secret, config.network());
  Print(config, envelope::ToHex(key.public_key()), json);
  return kDone;
}

}  // namespace

void AddKey(CLI::App* app, Invocation* invocation) {
  auto* key = app->add_subcommand(
      "key",
      "Example: taster-probe key\n\nPrints this probe's public key in its "
      "network and the line that enrols it. Makes the secret when there is "
      "none. Needs no consent: nothing is sent.");
  auto json = std::make_shared<bool>(false);
  AddFlag(key, "--json", json.get(), "One JSON object");
  key->callback([invocation, json] {
    invocation->run = [invocation, json] {
      return Key(invocation->common, *json);
    };
  });
}

}  // namespace taster::cli
