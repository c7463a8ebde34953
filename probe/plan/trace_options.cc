// SPDX-License-Identifier: Apache-2.0
// The same limits as for rounds.
#include "probe/plan/trace_options.h"

#include <algorithm>
#include <string>
#include <vector>

#include "probe/plan/trace_series.h"

namespace taster::plan {
namespace {

// Routers limit how many ICMP errors they send.
constexpr double kMostRate = 400;

bool Holds(const std::vector<net::Endpoint>& servers,
           const net::Endpoint& server) {
  return std::ranges::find(servers, server) != servers.end();
}

bool IsOfPlan(const PlanOptions& plan, const net::Endpoint& server) {
  return Holds(plan.resolvers, server) || Holds(plan.canaries, server) ||
         Holds(plan.system, server);
}

}  // namespace

capture::ServerKind KindOf(const PlanOptions& plan,
                           const net::Endpoint& server) {
  if (Holds(plan.canaries, server)) return capture::ServerKind::kCanary;
  if (Holds(plan.resolvers, server)) return capture::ServerKind::kRecursive;
  return Holds(plan.system, server) ? capture::ServerKind::kSystem
                                    : capture::ServerKind::kRecursive;
}

net::Endpoint DefaultTraceServer(const PlanOptions& plan) {
  for (const auto* servers : {&plan.resolvers, &plan.canaries, &plan.system}) {
    if (!servers->empty()) return servers->front();
  }
  return {};
}

std::vector<TraceOptions> PlannedTraces(const PlanOptions& plan) {
  std::vector<TraceOptions> traces;
  const auto server = DefaultTraceServer(plan);
  if (server.port == 0) return traces;
  for (const auto& name : plan.traces) {
    traces.push_back({.name = name,
                      .control_name = plan.control_name,
                      .qtype = plan.types.front(),
                      .server = server,
                      .server_kind = KindOf(plan, server)});
  }
  return traces;
}

absl::Status CheckTrace(const PlanOptions& plan, const TraceOptions& trace) {
  if (trace.max_hops < 1 || trace.max_hops > kMostHops ||
      trace.repeats < kLeastRepeats || trace.repeats > kMostRepeats) {
    return absl::InvalidArgumentError("hops or repeats out of bounds");
  }
  PlanOptions as_plan = plan;
  as_plan.types = {trace.qtype};
  if (!IsOfPlan(plan, trace.server)) {
    if (!CapsOf(plan.profile).any_resolver) {
      return absl::PermissionDeniedError(
          trace.server.ToString() +
          " is not a server of this probe's configuration; a volunteer's "
          "probe traces to no other");
    }
    as_plan.resolvers.push_back(trace.server);
  }
  return CheckPolicy(as_plan);
}

double TraceRate(const PlanOptions& plan) {
  const Caps caps = CapsOf(plan.profile);
  if (plan.profile == Profile::kVolunteer) return plan.rate;
  const double of_server =
      caps.rate_per_server > 0 ? caps.rate_per_server : caps.rate;
  return std::min({caps.rate, of_server, kMostRate});
}

TraceBudget BudgetOf(const PlanOptions& plan, const TraceOptions& trace) {
  TraceBudget budget;
  budget.most_questions = TraceSeries::MostQuestions(trace);
  double rate = TraceRate(plan);
  const double of_server = CapsOf(plan.profile).rate_per_server;
  if (of_server > 0) rate = std::min(rate, of_server);
  budget.longest = std::chrono::ceil<std::chrono::seconds>(
      std::chrono::duration<double>(static_cast<double>(budget.most_questions) /
                                    rate) +
      plan.window);
  return budget;
}

}  // namespace taster::plan
