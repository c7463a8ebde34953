// SPDX-License-Identifier: Apache-2.0
// What an operator configured.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "probe/consent/consent.h"
#include "probe/plan/plan_options.h"
#include "probe/uplink/uplink.h"

namespace taster::cli {

struct Config {
  std::filesystem::path state_dir = "/var/lib/taster-probe";
  std::string country;  // ISO 3166-1 alpha-2
  std::uint64_t asn = 0;
  plan::PlanOptions plan;  // Without the system's resolvers.
  std::filesystem::path targets;
  // Lab only, instead of /etc/resolv.conf.
  std::vector<net::Endpoint> system_servers;
  // Lab only: who is trusted to sign resolvers' certificates, instead of the
  // system's store.
  std::filesystem::path stream_ca;
  std::chrono::minutes interval{360};
  uplink::UplinkOptions collector;
  std::uint64_t spool_bytes = 64ull << 20;
  // Where each key stands; absent keys are absent.
  std::map<std::string, unsigned> lines;

  // What somebody must have agreed to.
  consent::Level level() const {
    return plan.check_ports.empty() ? consent::Level::kQuestions
                                    : consent::Level::kChecks;
  }
  // "CN/4134": which network's key this probe uses.
  std::string network() const { return country + "/" + std::to_string(asn); }
};

// InvalidArgument with "line N: ..." when it is not a configuration.
absl::StatusOr<Config> ReadConfig(std::string_view text);

// PermissionDenied with "line N: ..." when compiled limits forbid it.
absl::Status CheckConfigPolicy(const Config& config);

}  // namespace taster::cli
