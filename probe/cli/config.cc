// SPDX-License-Identifier: Apache-2.0
// Key by key, as deploy/probe.toml.example shows them.
#include "probe/cli/config.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "probe/cli/config_fields.h"
#include "probe/cli/config_plan.h"
#include "probe/plan/address_policy.h"

namespace taster::cli {
namespace {

constexpr std::string_view kPinPrefix = "sha256/";
constexpr std::size_t kPinBase64Bytes = 44;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

void TakeNetwork(ConfigFields& fields, Config* config) {
  TakePath(fields, "state_dir", &config->state_dir);
  fields.Require("country");
  fields.Take("country", &config->country);
  if (fields.Has("country") &&
      (config->country.size() != 2 ||
       !std::ranges::all_of(config->country, IsUpper))) {
    fields.Blame("country", "must be two capital letters, such as \"CN\"");
  }
  fields.Require("asn");
  fields.Take("asn", &config->asn, 1, 0xffffffffull);
  std::string profile = "volunteer";
  fields.Take("profile", &profile);
  const auto known = plan::ProfileFromText(profile);
  if (!known) {
    fields.Blame("profile", "must be volunteer, control or lab");
  } else {
    config->plan.profile = *known;
  }
  fields.Take("lab", &config->plan.lab);
}

// A host name or address and a port.
bool IsHostAndPort(const std::string& text) {
  const auto colon = text.rfind(':');
  if (colon == text.npos || colon == 0) return false;
  const auto port = text.substr(colon + 1);
  if (port.empty() || port.size() > 5 ||
      !std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; }) ||
      std::stoul(port) == 0 || std::stoul(port) > 65'535) {
    return false;
  }
  const auto host = text.substr(0, colon);
  if (net::Endpoint::Parse(text, 0)) return true;
  return host.size() <= 253 && std::ranges::all_of(host, [](char c) {
           return (c >= 'a' && c <= 'z') || IsUpper(c) ||
                  (c >= '0' && c <= '9') || c == '-' || c == '.';
         });
}

void TakePins(ConfigFields& fields, std::vector<envelope::Hash>* pins) {
  std::vector<std::string> texts;
  fields.Require("collector.pins");
  fields.Take("collector.pins", &texts);
  if (!fields.Has("collector.pins")) return;
  if (texts.empty() || texts.size() > 4) {
    fields.Blame("collector.pins", "must have 1 to 4 pins");
  }
  for (const auto& text : texts) {
    std::string bytes;
    if (!text.starts_with(kPinPrefix) ||
        text.size() != kPinPrefix.size() + kPinBase64Bytes ||
        !absl::Base64Unescape(text.substr(kPinPrefix.size()), &bytes) ||
        bytes.size() != envelope::Hash().size()) {
      fields.Blame("collector.pins",
                   "must look like \"sha256/\" and 44 base64 characters");
      return;
    }
    envelope::Hash pin{};
    std::ranges::copy(bytes, pin.begin());
    pins->push_back(pin);
  }
}

void TakeCollector(ConfigFields& fields, Config* config) {
  auto& collector = config->collector;
  fields.Require("collector.endpoint");
  fields.Take("collector.endpoint", &collector.endpoint);
  if (fields.Has("collector.endpoint") && !IsHostAndPort(collector.endpoint)) {
    fields.Blame("collector.endpoint", "must be host:port");
  }
  TakePins(fields, &collector.pins);
  std::string key;
  fields.Require("collector.receipt_key");
  fields.Take("collector.receipt_key", &key);
  if (fields.Has("collector.receipt_key") &&
      !envelope::FromHex(key, collector.receipt_key)) {
    fields.Blame("collector.receipt_key", "must be 64 hex digits");
  }
  fields.Take("collector.server_name", &collector.server_name);
  if (!collector.server_name.empty() &&
      !IsHostAndPort(collector.server_name + ":1")) {
    fields.Blame("collector.server_name", "must be a host name");
  }
}

// "line N: " for the key that a policy message starts with.
absl::Status WithLine(const Config& config, const absl::Status& status) {
  const std::string message(status.message());
  const auto found = config.lines.find(message.substr(0, message.find(':')));
  if (found == config.lines.end()) return status;
  return absl::PermissionDeniedError("line " + std::to_string(found->second) +
                                     ": " + message);
}

absl::Status CheckCollectorPolicy(const Config& config) {
  if (!config.system_servers.empty() && !config.plan.lab) {
    return absl::PermissionDeniedError(
        "plan.system_servers: only where lab = true");
  }
  if (!config.stream_ca.empty() && !config.plan.lab) {
    return absl::PermissionDeniedError("plan.stream_ca: only where lab = true");
  }
  const auto literal = net::Endpoint::Parse(config.collector.endpoint, 0);
  if (literal && plan::IsReserved(literal->address) && !config.plan.lab) {
    return absl::PermissionDeniedError(
        "collector.endpoint: a private address, only where lab = true");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Config> ReadConfig(std::string_view text) {
  auto values = ReadToml(text);
  if (!values.ok()) return values.status();
  Config config;
  for (const auto& [key, value] : *values) config.lines[key] = value.line;
  ConfigFields fields(*std::move(values));
  TakeNetwork(fields, &config);
  TakeCollector(fields, &config);
  TakePlan(fields, &config);
  auto status = fields.Finish({"collector", "plan", "spool"});
  if (!status.ok()) return status;
  return config;
}

absl::Status CheckConfigPolicy(const Config& config) {
  auto status = plan::CheckPolicy(config.plan);
  if (status.ok()) status = CheckCollectorPolicy(config);
  return status.ok() ? status : WithLine(config, status);
}

}  // namespace taster::cli
