// SPDX-License-Identifier: Apache-2.0
// Key by key, as deploy/probe.toml.example shows them.
#include "probe/cli/config.h"

#include <algorithm>
#include <set>

#include "absl/strings/escaping.h"
#include "probe/cli/config_fields.h"
#include "probe/plan/address_policy.h"
#include "probe/plan/target_name.h"
#include "proto/dns/constants.h"
#include "proto/dns/presentation.h"

namespace taster::cli {
namespace {

constexpr std::uint16_t kDnsPort = 53;
constexpr std::uint16_t kTypeAny = 255;
constexpr std::size_t kMaxPathBytes = 4096;
constexpr std::string_view kPinPrefix = "sha256/";
constexpr std::size_t kPinBase64Bytes = 44;
constexpr std::uint64_t kMaxMinutes = 60 * 24 * 30;
constexpr std::uint64_t kMaxMib = 4096;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

void TakePath(ConfigFields& fields, const std::string& key,
              std::filesystem::path* into) {
  std::string text = into->string();
  fields.Take(key, &text);
  const std::filesystem::path path(text);
  const bool climbs =
      std::ranges::any_of(path, [](const auto& part) { return part == ".."; });
  if (!path.is_absolute() || climbs || text.size() > kMaxPathBytes ||
      text.find('\0') != text.npos) {
    fields.Blame(key, "must be an absolute path without \"..\"");
    return;
  }
  *into = path;
}

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

void TakeServers(ConfigFields& fields, const std::string& key,
                 std::vector<net::Endpoint>* into) {
  std::vector<std::string> texts;
  fields.Take(key, &texts);
  std::set<net::Endpoint> seen;
  for (const auto& text : texts) {
    const auto server = net::Endpoint::Parse(text, kDnsPort);
    if (!server || server->port == 0) {
      fields.Blame(key, "has an entry that is not an address");
    } else if (!seen.insert(*server).second) {
      fields.Blame(key, "has an address twice");
    } else {
      into->push_back(*server);
    }
  }
}

void TakeResolvers(ConfigFields& fields, Config* config) {
  const std::string key = "plan.resolvers";
  std::vector<std::string> texts = {"system"};
  fields.Take(key, &texts);
  config->plan.ask_system = std::erase(texts, "system") > 0;
  std::set<net::Endpoint> seen;
  for (const auto& text : texts) {
    const auto server = net::Endpoint::Parse(text, kDnsPort);
    if (!server || server->port == 0) {
      fields.Blame(key,
                   "has an entry that is neither \"system\" nor an address");
    } else if (!seen.insert(*server).second) {
      fields.Blame(key, "has an address twice");
    } else {
      config->plan.resolvers.push_back(*server);
    }
  }
}

void TakeTypes(ConfigFields& fields, std::vector<std::uint16_t>* types) {
  std::vector<std::string> texts = {"A", "AAAA", "HTTPS"};
  fields.Take("plan.types", &texts);
  if (texts.empty()) fields.Blame("plan.types", "must have at least one type");
  for (const auto& text : texts) {
    auto type = dns::TypeFromText(text);
    // Meta types are no typing errors: policy refuses them.
    if (text == "ANY" || text == "AXFR" || text == "IXFR") type = kTypeAny;
    if (type == 0) {
      fields.Blame("plan.types", "has an unknown type");
    } else if (std::ranges::find(*types, type) != types->end()) {
      fields.Blame("plan.types", "has a type twice");
    } else {
      types->push_back(type);
    }
  }
}

void TakePlan(ConfigFields& fields, Config* config) {
  fields.Require("plan.targets");
  config->targets = "/etc/taster/targets.txt";
  TakePath(fields, "plan.targets", &config->targets);
  std::string control;
  fields.Require("plan.control_name");
  fields.Take("plan.control_name", &control);
  plan::BadName why = plan::BadName::kNone;
  const auto name = plan::ReadTargetName(control, &why);
  if (name) config->plan.control_name = *name;
  if (fields.Has("plan.control_name") && !name) {
    fields.Blame("plan.control_name", std::string(plan::Explain(why)));
  }
  TakeTypes(fields, &config->plan.types);
  TakeResolvers(fields, config);
  TakeServers(fields, "plan.system_servers", &config->system_servers);
  TakeServers(fields, "plan.canaries", &config->plan.canaries);
  fields.Take("plan.system_lookup", &config->plan.system_lookup);
  fields.Take("plan.rd0_twin", &config->plan.rd0_twin);
  fields.Take("plan.rate", &config->plan.rate);
  std::uint64_t seconds = 5;
  fields.Take("plan.window_seconds", &seconds, 0, 86'400);
  config->plan.window = std::chrono::seconds(seconds);
  std::uint64_t minutes = 360;
  fields.Take("plan.interval_minutes", &minutes, 1, kMaxMinutes);
  config->interval = std::chrono::minutes(minutes);
  std::uint64_t mib = 64;
  fields.Take("spool.max_mib", &mib, 1, kMaxMib);
  config->spool_bytes = mib << 20;
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
