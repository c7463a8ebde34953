// SPDX-License-Identifier: Apache-2.0
// Holds a plan against the compiled limits.
#include <algorithm>
#include <array>
#include <string>

#include "probe/plan/address_policy.h"
#include "probe/plan/plan_options.h"
#include "probe/plan/stream_server.h"
#include "probe/plan/trace_options.h"
#include "proto/dns/constants.h"

namespace taster::plan {
namespace {

constexpr std::array kTypes = {dns::kTypeA,  dns::kTypeAaaa, dns::kTypeHttps,
                               dns::kTypeNs, dns::kTypeSoa,  dns::kTypeTxt};

constexpr std::uint16_t kDnsPort = 53;

absl::Status Forbid(const std::string& what) {
  return absl::PermissionDeniedError(what);
}

std::string Quoted(double limit) {
  auto text = std::to_string(limit);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

absl::Status CheckServer(const PlanOptions& options, const char* key,
                         const net::Endpoint& server,
                         std::uint16_t port = kDnsPort) {
  const Caps caps = CapsOf(options.profile);
  const std::string which =
      std::string(key) + ": " + server.address.ToString() + " ";
  if (IsReserved(server.address) && !(caps.private_addresses && options.lab)) {
    return Forbid(which + "is a private or reserved address");
  }
  if (server.port != port && !(caps.private_addresses && options.lab)) {
    return Forbid(which + "has a port other than " + std::to_string(port));
  }
  return absl::OkStatus();
}

absl::Status CheckListed(const PlanOptions& options, const char* key,
                         const net::Endpoint& server) {
  if (CapsOf(options.profile).any_resolver ||
      IsPublicResolver(server.address)) {
    return absl::OkStatus();
  }
  return Forbid(std::string(key) + ": " + server.address.ToString() +
                " is not in the compiled list of public resolvers");
}

absl::Status CheckResolvers(const PlanOptions& options) {
  for (const auto& server : options.resolvers) {
    auto status = CheckServer(options, "plan.resolvers", server);
    if (status.ok()) status = CheckListed(options, "plan.resolvers", server);
    if (!status.ok()) return status;
  }
  for (const auto& stream : options.streams) {
    auto status = CheckServer(options, "plan.streams", stream.server,
                              PortOf(stream.transport));
    if (status.ok()) {
      status = CheckListed(options, "plan.streams", stream.server);
    }
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status CheckCanaries(const PlanOptions& options) {
  const auto limit = CapsOf(options.profile).canaries;
  if (options.canaries.size() > limit) {
    return Forbid("plan.canaries: more than " + std::to_string(limit));
  }
  for (const auto& server : options.canaries) {
    auto status = CheckServer(options, "plan.canaries", server);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status CheckChecks(const PlanOptions& options) {
  for (const auto port : options.check_ports) {
    if (capture::ServiceAt(port) == capture::Service::kDns) {
      return Forbid(
          "plan.checks: only 443, 25, 465, 587, 143, 993, 110 and 995 may be "
          "tried");
    }
    if (std::ranges::count(options.check_ports, port) > 1) {
      return Forbid("plan.checks: " + std::to_string(port) + " stands twice");
    }
  }
  const bool is_control = options.profile == Profile::kControl;
  if (is_control && !options.check_ports.empty() &&
      options.check_contact.empty()) {
    return Forbid(
        "plan.check_contact: needed for checks of profile \"control\", so that "
        "who is visited can ask to be left alone");
  }
  if (options.profile == Profile::kVolunteer &&
      !options.check_contact.empty()) {
    return Forbid(
        "plan.check_contact: would tell who a volunteer measures for");
  }
  return absl::OkStatus();
}

absl::Status CheckTraces(const PlanOptions& options) {
  if (options.traces.size() <= kMostPlannedTraces) return absl::OkStatus();
  return Forbid("plan.traces: more than " + std::to_string(kMostPlannedTraces));
}

absl::Status CheckPace(const PlanOptions& options) {
  const double limit = CapsOf(options.profile).rate;
  if (!(options.rate > 0) || options.rate > limit) {
    return Forbid("plan.rate: must be above 0 and at most " + Quoted(limit) +
                  " queries per second for this profile");
  }
  if (options.window.count() < 1 ||
      options.window.count() > kMaxWindowSeconds) {
    return Forbid("plan.window_seconds: must be 1 to " +
                  std::to_string(kMaxWindowSeconds));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckPolicy(const PlanOptions& options) {
  if (options.lab && !CapsOf(options.profile).private_addresses) {
    return Forbid("lab: needs profile \"lab\" or \"control\"");
  }
  for (const auto type : options.types) {
    if (std::ranges::find(kTypes, type) == kTypes.end()) {
      return Forbid(
          "plan.types: only A, AAAA, HTTPS, NS, SOA and TXT may be asked");
    }
  }
  if (options.tasks && options.profile == Profile::kVolunteer) {
    return Forbid("plan.tasks: only where profile is \"control\" or \"lab\"");
  }
  if (options.proof && options.profile == Profile::kVolunteer) {
    return Forbid("plan.proof: only where profile is \"control\" or \"lab\"");
  }
  if (options.tries < 1 || options.tries > kMaxTries) {
    return Forbid("plan.tries: must be 1 to " + std::to_string(kMaxTries));
  }
  if (auto status = CheckPace(options); !status.ok()) return status;
  if (auto status = CheckResolvers(options); !status.ok()) return status;
  if (auto status = CheckChecks(options); !status.ok()) return status;
  if (auto status = CheckTraces(options); !status.ok()) return status;
  return CheckCanaries(options);
}

}  // namespace taster::plan
