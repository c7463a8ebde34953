// SPDX-License-Identifier: Apache-2.0
// What a trace asks, by what it has heard.
#include "probe/plan/trace_series.h"

#include <gtest/gtest.h>

#include <map>

#include "probe/plan/budget.h"
#include "tests/unit/probe/plan/plan_cases.h"

namespace taster::plan {
namespace {

using capture::QuestionRole;

TraceOptions Options() {
  return {.name = MakeName("blocked.example"),
          .control_name = MakeName("example.org"),
          .server = Server("8.8.8.8")};
}

struct Heard {
  int server = 0;    // Answers from this step on; 0: never.
  int injector = 0;  // Likewise, for the target.
  int routers = 0;   // Steps up to this are told to expire.
};

// Questions by (role, step), with answers as they come.
std::map<std::pair<QuestionRole, int>, int> Play(const TraceOptions& options,
                                                 const Heard& heard) {
  Rng rng(1);
  TraceSeries series(options, rng);
  std::map<std::pair<QuestionRole, int>, int> asked;
  do {
    while (const auto question = series.Next()) {
      const int step = question->ip_ttl.value();
      ++asked[{question->role, step}];
      const bool target = question->role == QuestionRole::kTrace;
      if (step <= heard.routers) series.OnExpired(*question);
      if ((heard.server > 0 && step >= heard.server) ||
          (target && heard.injector > 0 && step >= heard.injector)) {
        series.OnAnswer(*question);
      }
    }
  } while (series.Advance());
  return asked;
}

int Total(const std::map<std::pair<QuestionRole, int>, int>& asked) {
  int total = 0;
  for (const auto& [key, count] : asked) total += count;
  return total;
}

TEST(TraceSeries, EndsOneStepBeyondTheServer) {
  const auto asked = Play(Options(), {.server = 10, .routers = 9});
  for (const auto role :
       {QuestionRole::kTrace, QuestionRole::kTraceControlName}) {
    EXPECT_EQ(asked.at({role, 1}), 3);
    EXPECT_EQ(asked.at({role, 9}), 3 + 10);
    EXPECT_EQ(asked.at({role, 11}), 3);
    EXPECT_EQ(asked.at({role, 64}), 3);
    EXPECT_FALSE(asked.contains({role, 12}));
  }
}

TEST(TraceSeries, ConfirmsTheStepBelowTheInjector) {
  const auto asked =
      Play(Options(), {.server = 8, .injector = 4, .routers = 7});
  EXPECT_EQ(asked.at({QuestionRole::kTrace, 3}), 3 + 10);
  EXPECT_EQ(asked.at({QuestionRole::kTraceControlName, 7}), 3 + 10);
  EXPECT_EQ(asked.at({QuestionRole::kTrace, 7}), 3);
}

TEST(TraceSeries, SilentServerIsPassedByThreeSteps) {
  const auto asked = Play(Options(), {.injector = 4, .routers = 6});
  EXPECT_EQ(asked.at({QuestionRole::kTrace, 7}), 3);
  EXPECT_FALSE(asked.contains({QuestionRole::kTrace, 8}));
}

TEST(TraceSeries, PathWithoutLifeIsLeftEarly) {
  EXPECT_FALSE(Play(Options(), {}).contains({QuestionRole::kTrace, 9}));
  EXPECT_FALSE(
      Play(Options(), {.routers = 9}).contains({QuestionRole::kTrace, 14}));
}

TEST(PlannedTraces, GoToThePlansFirstResolver) {
  PlanOptions plan = Volunteer();
  plan.traces = {MakeName("a.example"), MakeName("b.example")};
  const auto traces = PlannedTraces(plan);
  ASSERT_EQ(traces.size(), 2u);
  EXPECT_EQ(traces[1].name, MakeName("b.example"));
  EXPECT_EQ(traces[1].server, plan.resolvers.front());
  EXPECT_EQ(traces[1].control_name, plan.control_name);
  EXPECT_TRUE(CheckTrace(plan, traces[1]).ok());
  const auto budget = BudgetOf(plan, plan.traces);
  EXPECT_EQ(budget.trace_questions, 2 * TraceSeries::MostQuestions(traces[0]));
  plan.system = plan.resolvers = plan.canaries = {};
  EXPECT_TRUE(PlannedTraces(plan).empty());
}

TEST(PlannedTraces, AreFew) {
  PlanOptions plan = Volunteer();
  for (std::size_t i = 0; i <= kMostPlannedTraces; ++i) {
    EXPECT_TRUE(CheckPolicy(plan).ok());
    plan.traces.push_back(MakeName("a" + std::to_string(i) + ".example"));
  }
  EXPECT_TRUE(absl::IsPermissionDenied(CheckPolicy(plan)));
}

TEST(TraceSeries, NeverMoreThanItSaysAndThanASetHolds) {
  for (int repeats = kLeastRepeats; repeats <= kMostRepeats; ++repeats) {
    TraceOptions options = Options();
    options.max_hops = kMostHops;
    options.repeats = repeats;
    EXPECT_LE(TraceSeries::MostQuestions(options), kMaxSetQuestions);
    for (int server = 0; server <= kMostHops; ++server) {
      const auto asked = Play(
          options, {.server = server, .injector = 40, .routers = kMostHops});
      EXPECT_LE(static_cast<std::uint64_t>(Total(asked)),
                TraceSeries::MostQuestions(options));
    }
  }
}

TEST(TraceSeries, VolunteersTraceToTheirOwnServersOnly) {
  TraceOptions trace = Options();
  EXPECT_TRUE(CheckTrace(Volunteer(), trace).ok());
  trace.server = Server("202.0.2.1");
  EXPECT_TRUE(CheckTrace(Volunteer(), trace).ok());
  EXPECT_EQ(KindOf(Volunteer(), trace.server), capture::ServerKind::kCanary);
  trace.server = Server("192.168.1.1");  // Its system's.
  EXPECT_TRUE(CheckTrace(Volunteer(), trace).ok());
  // A public resolver, but not of this plan.
  trace.server = Server("9.9.9.9");
  EXPECT_TRUE(absl::IsPermissionDenied(CheckTrace(Volunteer(), trace)));
  PlanOptions control = Volunteer();
  control.profile = Profile::kControl;
  EXPECT_TRUE(CheckTrace(control, trace).ok());
  trace.server = Server("10.0.0.1");
  EXPECT_TRUE(absl::IsPermissionDenied(CheckTrace(control, trace)));
  control.lab = true;
  EXPECT_TRUE(CheckTrace(control, trace).ok());
  trace.qtype = 255;
  EXPECT_TRUE(absl::IsPermissionDenied(CheckTrace(control, trace)));
}

TEST(TraceSeries, VolunteersWaitAndAreTold) {
  const auto volunteer = BudgetOf(Volunteer(), Options());
  EXPECT_GT(volunteer.longest, std::chrono::minutes(10));
  PlanOptions control = Volunteer();
  control.profile = Profile::kControl;
  TraceOptions ten_hops = Options();
  ten_hops.max_hops = 11;
  EXPECT_LE(BudgetOf(control, ten_hops).longest, std::chrono::seconds(8));
}

}  // namespace
}  // namespace taster::plan
