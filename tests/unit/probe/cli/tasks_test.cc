// SPDX-License-Identifier: Apache-2.0
// Tasks from a collector beside the probe's own list.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <set>

#include "tests/unit/probe/cli/command_fixture.h"

namespace taster::cli {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class TasksTest : public CommandFixture {
 protected:
  TasksTest() {
    world_.collector = &collector_;
    world_.answers = [this](const capture::Question& question) {
      names_.insert(question.qname.ToText());
      if (question.shape.client_subnet) ++with_subnet_;
      return true;
    };
    Configure("tasks = true\n");
    Agree();
  }
  void Configure(const std::string& line) {
    home_.text().more_plan = line;
    home_.Write();
  }
  void Lease(const std::string& text) {
    const auto name = *dns::Name::Parse(text);
    auto* task = world_.lease.add_tasks();
    task->set_qname(std::string(name.wire().begin(), name.wire().end()));
    task->add_qtypes(1);
    world_.lease.mutable_lifetime()->set_seconds(60);
  }
  // Until this many questions were asked.
  void RunUntil(std::size_t asked) {
    world_.on_ask = [asked](std::size_t now) {
      if (now == asked) ::raise(SIGTERM);
    };
    EXPECT_EQ(Run({"run"}), kDone) << err_;
  }

  uplink::TestCollector collector_;
  std::set<std::string> names_;
  int with_subnet_ = 0;
};

TEST_F(TasksTest, AreDoneAfterARoundOfTheOwnList) {
  Lease("task.example");
  RunUntil(25);
  EXPECT_THAT(names_, Contains("task.example."));
  EXPECT_THAT(names_, Contains("a.example."));
  EXPECT_THAT(err_, HasSubstr("event=tasks_leased tasks=1"));
}

TEST_F(TasksTest, AreAskedForOnBehalfOfTheNetworksNamed) {
  Lease("task.example");
  auto* subnet = world_.lease.mutable_tasks(0)->add_client_subnets();
  subnet->set_address("\xc0\0\2\0", 4);
  subnet->set_prefix_length(24);
  RunUntil(26);
  EXPECT_EQ(with_subnet_, 1);
}

TEST_F(TasksTest, ANameThatNoListMayHoldIsNotAskedFor) {
  Lease("localhost");
  Lease("task.example");
  RunUntil(25);
  EXPECT_THAT(names_, Not(Contains("localhost.")));
  EXPECT_THAT(names_, Contains("task.example."));
  EXPECT_THAT(err_, HasSubstr("event=task_refused"));
}

TEST_F(TasksTest, AreNotFetchedUnlessConfigured) {
  Configure("");
  Lease("task.example");
  RunUntil(20);
  EXPECT_EQ(world_.sources_opened, 0);
  EXPECT_THAT(names_, Not(Contains("task.example.")));
}

TEST_F(TasksTest, AreNotForVolunteers) {
  LeaveTheLab("volunteer", "1");
  EXPECT_EQ(Run({"run"}), kNotPermitted);
  EXPECT_THAT(err_, HasSubstr("plan.tasks"));
  EXPECT_EQ(world_.sources_opened, 0);
}

TEST_F(TasksTest, NeedARealCollector) {
  world_.collector = nullptr;
  world_.lease_failure = absl::UnavailableError("away");
  RunUntil(20);
  EXPECT_THAT(err_, HasSubstr("event=tasks_failed code=\"UNAVAILABLE\""));
}

}  // namespace
}  // namespace taster::cli
