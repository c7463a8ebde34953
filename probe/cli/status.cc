// SPDX-License-Identifier: Apache-2.0
// status: consent, network, spool and last receipt on one screen.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cstdio>

#include "probe/cli/commands.h"
#include "probe/cli/config_file.h"
#include "probe/cli/terminal_text.h"
#include "probe/cli/version.h"
#include "probe/consent/consent.h"

namespace taster::cli {
namespace {

std::string TimeText(const std::optional<std::chrono::sys_seconds>& time) {
  if (!time) return "";
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(*time)));
}

std::string JsonTime(const std::optional<std::chrono::sys_seconds>& time) {
  return time ? JsonText(TimeText(time)) : "null";
}

void PrintJson(const Config& config, const absl::Status& consent,
               const spool::SpoolStatus& spool) {
  fmt::print(
      "{{\"version\":{},\"consented\":{},\"consent_problem\":{},"
      "\"country\":{},\"asn\":{},\"profile\":{},\"spool\":{{"
      "\"waiting_batches\":{},\"waiting_measurements\":{},"
      "\"quarantined_batches\":{},\"recorded_measurements\":{},"
      "\"delivered_measurements\":{},\"refused_measurements\":{},"
      "\"damaged_batches\":{},\"used_bytes\":{},\"max_bytes\":{},"
      "\"last_receipt_time\":{},\"next_attempt_time\":{}}}}}\n",
      JsonText(kVersion), consent.ok(),
      consent.ok() ? "null" : JsonText(std::string(consent.message())),
      JsonText(config.country), config.asn,
      JsonText(plan::ToText(config.plan.profile)), spool.waiting_batches,
      spool.waiting_measurements, spool.quarantined_batches,
      spool.recorded_measurements, spool.delivered_measurements,
      spool.refused_measurements, spool.damaged_batches, spool.used_bytes,
      spool.max_bytes, JsonTime(spool.last_receipt_time),
      JsonTime(spool.next_attempt_time));
}

void PrintText(const Config& config, const absl::Status& consent,
               const spool::SpoolStatus& spool) {
  const auto line = [](const char* what, const std::string& value) {
    fmt::print("{:<14}{}\n", what, value);
  };
  line("version", std::string(kVersion));
  line("consent", consent.ok() ? "given" : std::string(consent.message()));
  line("network", config.network() + ", profile " +
                      std::string(plan::ToText(config.plan.profile)));
  line("recorded", fmt::format("{} measurements", spool.recorded_measurements));
  line("delivered",
       fmt::format("{} measurements", spool.delivered_measurements));
  line("waiting",
       fmt::format("{} measurements in {} batches", spool.waiting_measurements,
                   spool.waiting_batches));
  line("refused", fmt::format("{} measurements", spool.refused_measurements));
  line("quarantined", fmt::format("{} batches", spool.quarantined_batches));
  line("damaged", fmt::format("{} batches", spool.damaged_batches));
  line("spool", fmt::format("{:.1f} of {:.1f} MiB",
                            static_cast<double>(spool.used_bytes) / (1 << 20),
                            static_cast<double>(spool.max_bytes) / (1 << 20)));
  line("last receipt",
       spool.last_receipt_time ? TimeText(spool.last_receipt_time) : "never");
  if (spool.next_attempt_time) {
    line("next attempt", TimeText(spool.next_attempt_time));
  }
}

ExitCode Status(const CommonOptions& common, bool json) {
  auto loaded = LoadConfig(common.config);
  if (auto* refusal = std::get_if<Refusal>(&loaded)) return Refuse(*refusal);
  const auto& config = std::get<Config>(loaded);
  auto spool = spool::Spool::Peek(
      {.path = config.state_dir / "spool.db", .max_bytes = config.spool_bytes});
  if (absl::IsNotFound(spool.status())) {
    spool = spool::SpoolStatus{};
    spool->max_bytes = config.spool_bytes;
  }
  if (!spool.ok()) return Refuse(SpoolRefusal(spool.status()));
  const auto consent = consent::Check(config.state_dir, config.level());
  if (json) {
    PrintJson(config, consent, *spool);
  } else {
    PrintText(config, consent, *spool);
  }
  return kDone;
}

}  // namespace

void AddStatus(CLI::App* app, Invocation* invocation) {
  auto* status = app->add_subcommand(
      "status",
      "Examples:\n  taster-probe status\n  taster-probe status --json\n\nSays "
      "how it goes, also while another process measures. Sends nothing.");
  auto json = std::make_shared<bool>(false);
  AddFlag(status, "--json", json.get(), "One JSON object");
  status->callback([invocation, json] {
    invocation->run = [invocation, json] {
      return Status(invocation->common, *json);
    };
  });
}

}  // namespace taster::cli
