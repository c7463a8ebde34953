// SPDX-License-Identifier: Apache-2.0
#include "probe/cli/config_plan.h"

#include <algorithm>
#include <set>

#include "probe/plan/name_servers.h"
#include "probe/plan/stream_server.h"
#include "probe/plan/target_name.h"
#include "proto/dns/presentation.h"

namespace taster::cli {
namespace {

constexpr std::uint16_t kDnsPort = 53;
constexpr std::uint16_t kTypeAny = 255;
constexpr std::size_t kMaxPathBytes = 4096;
constexpr std::size_t kMaxContactBytes = 200;
constexpr std::uint64_t kMaxMinutes = 60 * 24 * 30;
constexpr std::uint64_t kMaxMib = 4096;

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

void TakeStreams(ConfigFields& fields, std::vector<plan::StreamServer>* into) {
  const std::string key = "plan.streams";
  std::vector<std::string> texts;
  fields.Take(key, &texts);
  for (const auto& text : texts) {
    const auto stream = plan::ParseStreamServer(text);
    if (!stream) {
      fields.Blame(key,
                   "has an entry that is not like \"tcp://8.8.8.8\", "
                   "\"tls://8.8.8.8#dns.google\" or "
                   "\"https://8.8.8.8/dns-query#dns.google\"");
    } else if (std::ranges::find(*into, *stream) != into->end()) {
      fields.Blame(key, "has an entry twice");
    } else {
      into->push_back(*stream);
    }
  }
}

void TakeChecks(ConfigFields& fields, std::vector<std::uint16_t>* into) {
  const std::string key = "plan.checks";
  std::vector<std::int64_t> ports;
  fields.Take(key, &ports);
  for (const auto port : ports) {
    const auto fits = static_cast<std::uint16_t>(port);
    if (port < 1 || port != fits) {
      fields.Blame(key, "has an entry that is no port");
    } else if (std::ranges::find(*into, fits) != into->end()) {
      fields.Blame(key, "has a port twice");
    } else {
      into->push_back(fits);
    }
  }
}

void TakeCheckManners(ConfigFields& fields, plan::PlanOptions* options) {
  std::vector<std::string> texts;
  fields.Take("plan.never_check", &texts);
  for (const auto& text : texts) {
    if (options->never_check.Add(text)) continue;
    fields.Blame("plan.never_check",
                 "has an entry that is no address, prefix or name");
  }
  texts.clear();
  fields.Take("plan.mail_names", &texts);
  for (const auto& text : texts) {
    if (options->mail_names.Add(text)) continue;
    fields.Blame("plan.mail_names", "has an entry that is no name");
  }
  fields.Take("plan.check_contact", &options->check_contact);
  const auto is_plain = [](char c) { return c >= 0x20 && c < 0x7f; };
  if (options->check_contact.size() > kMaxContactBytes ||
      !std::ranges::all_of(options->check_contact, is_plain)) {
    fields.Blame("plan.check_contact", "must be at most 200 ASCII characters");
  }
}

void TakeNameServers(ConfigFields& fields, plan::PlanOptions* options) {
  const std::string key = "plan.name_servers";
  std::vector<std::string> texts;
  fields.Take(key, &texts);
  for (const auto& text : texts) {
    auto read = plan::ParseNameServers(text);
    if (!read) {
      fields.Blame(key,
                   "has an entry that is not like \"example.com: "
                   "ns1.example.net ns2.example.net\" (at most 4)");
    } else if (!options->name_servers.insert(*std::move(read)).second) {
      fields.Blame(key, "has a target twice");
    }
  }
}

void TakeTraces(ConfigFields& fields, std::vector<dns::Name>* into) {
  const std::string key = "plan.traces";
  std::vector<std::string> texts;
  fields.Take(key, &texts);
  for (const auto& text : texts) {
    plan::BadName why = plan::BadName::kNone;
    const auto name = plan::ReadTargetName(text, &why);
    if (!name) {
      fields.Blame(key, std::string(plan::Explain(why)));
    } else if (std::ranges::find(*into, *name) != into->end()) {
      fields.Blame(key, "has a name twice");
    } else {
      into->push_back(*name);
    }
  }
}

void TakeName(ConfigFields& fields, const std::string& key, dns::Name* into) {
  if (!fields.Has(key)) return;
  std::string text;
  fields.Take(key, &text);
  plan::BadName why = plan::BadName::kNone;
  if (const auto name = plan::ReadTargetName(text, &why)) {
    *into = *name;
  } else {
    fields.Blame(key, std::string(plan::Explain(why)));
  }
}

}  // namespace

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

void TakePlan(ConfigFields& fields, Config* config) {
  fields.Require("plan.targets");
  config->targets = "/etc/taster/targets.txt";
  TakePath(fields, "plan.targets", &config->targets);
  fields.Require("plan.control_name");
  TakeName(fields, "plan.control_name", &config->plan.control_name);
  TakeTypes(fields, &config->plan.types);
  TakeResolvers(fields, config);
  TakeServers(fields, "plan.system_servers", &config->system_servers);
  TakeServers(fields, "plan.canaries", &config->plan.canaries);
  fields.Take("plan.system_lookup", &config->plan.system_lookup);
  TakeStreams(fields, &config->plan.streams);
  if (fields.Has("plan.stream_ca")) {
    TakePath(fields, "plan.stream_ca", &config->stream_ca);
  }
  TakeChecks(fields, &config->plan.check_ports);
  TakeCheckManners(fields, &config->plan);
  fields.Take("plan.rd0_twin", &config->plan.rd0_twin);
  fields.Take("plan.cd_twin", &config->plan.cd_twin);
  fields.Take("plan.plain_twin", &config->plan.plain_twin);
  fields.Take("plan.www_twins", &config->plan.www_twins);
  fields.Take("plan.server_identity", &config->plan.server_identity);
  TakeName(fields, "plan.whoami", &config->plan.whoami);
  TakeNameServers(fields, &config->plan);
  TakeTraces(fields, &config->plan.traces);
  std::uint64_t tries = 1;
  fields.Take("plan.tries", &tries, 0, 1000);
  config->plan.tries = static_cast<int>(tries);
  fields.Take("plan.tasks", &config->plan.tasks);
  config->plan.proof = config->plan.profile == plan::Profile::kControl;
  fields.Take("plan.proof", &config->plan.proof);
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

}  // namespace taster::cli
