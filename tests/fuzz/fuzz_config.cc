// SPDX-License-Identifier: Apache-2.0
// Any bytes as a configuration file: refused with a line, or within policy.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "probe/cli/config.h"
#include "probe/plan/address_policy.h"
#include "probe/plan/caps.h"

namespace taster::cli {
namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

void CheckConfig(const Config& config) {
  Require(config.state_dir.is_absolute() && config.targets.is_absolute());
  Require(config.country.size() == 2 && config.asn > 0);
  Require(!config.collector.pins.empty());
  Require(!config.plan.types.empty() && !config.plan.control_name.is_root());
  if (!CheckConfigPolicy(config).ok()) return;
  const auto caps = plan::CapsOf(config.plan.profile);
  Require(config.plan.rate > 0 && config.plan.rate <= caps.rate);
  Require(config.plan.canaries.size() <= caps.canaries);
  if (config.plan.lab) return;
  for (const auto& server : config.plan.resolvers) {
    Require(!plan::IsReserved(server.address) && server.port == 53);
    Require(caps.any_resolver || plan::IsPublicResolver(server.address));
  }
  for (const auto& server : config.plan.canaries) {
    Require(!plan::IsReserved(server.address) && server.port == 53);
  }
}

}  // namespace
}  // namespace taster::cli

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto config = taster::cli::ReadConfig(text);
  if (config.ok()) taster::cli::CheckConfig(*config);
  return 0;
}
