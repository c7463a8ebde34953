// SPDX-License-Identifier: Apache-2.0
// What is to be traced, whether it may be, and what it costs.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "probe/capture/question.h"
#include "probe/plan/plan_options.h"
#include "proto/dns/constants.h"

namespace taster::plan {

struct TraceOptions {
  dns::Name name;
  dns::Name control_name;  // Traced beside it.
  std::uint16_t qtype = dns::kTypeA;
  net::Endpoint server;
  capture::ServerKind server_kind = capture::ServerKind::kRecursive;
  int max_hops = 30;
  int repeats = 3;  // Of each step and name.
};

inline constexpr int kMostHops = 40;
inline constexpr int kLeastRepeats = 3;
inline constexpr int kMostRepeats = 5;

// What the plan says of this server: where it is among the canaries, the
// system's or none of them.
capture::ServerKind KindOf(const PlanOptions& plan,
                           const net::Endpoint& server);

// The server traced to when nobody names one: the first resolver of the plan,
// else its first canary, else the system's first. Port 0: there is none.
net::Endpoint DefaultTraceServer(const PlanOptions& plan);

// The traces that follow a round of this plan: each name for the plan's first
// type, to the server of DefaultTraceServer. None where there is no server.
std::vector<TraceOptions> PlannedTraces(const PlanOptions& plan);

// Of a plan: traces take minutes each at a volunteer's pace.
inline constexpr std::size_t kMostPlannedTraces = 8;

// PermissionDenied when the compiled limits of the profile forbid it: a
// volunteer's probe traces to servers of its plan only, others to whatever
// their plan might name. InvalidArgument: hops or repeats out of bounds.
absl::Status CheckTrace(const PlanOptions& plan, const TraceOptions& trace);

// Queries per second for a trace: the plan's pace for volunteers, else the
// profile's limit for one server, since a trace is short and somebody waits.
double TraceRate(const PlanOptions& plan);

struct TraceBudget {
  std::uint64_t most_questions = 0;
  std::chrono::seconds longest{0};  // An estimate; gaps are random.
};
TraceBudget BudgetOf(const PlanOptions& plan, const TraceOptions& trace);

}  // namespace taster::plan
