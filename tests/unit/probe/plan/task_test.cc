// SPDX-License-Identifier: Apache-2.0
#include "probe/plan/task.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tests/unit/probe/plan/plan_cases.h"

namespace taster::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

PlanOptions Control() {
  PlanOptions options = Volunteer();
  options.profile = Profile::kControl;
  options.rate = 50;
  options.system_lookup = false;
  options.ask_system = false;
  return options;
}

v1::Task Wire(std::string_view name, std::initializer_list<unsigned> types) {
  v1::Task task;
  const dns::Name parsed = MakeName(name);
  task.set_qname(std::string(parsed.wire().begin(), parsed.wire().end()));
  for (const unsigned type : types) task.add_qtypes(type);
  return task;
}

void AddSubnet(const char* text, unsigned length, v1::Task* task) {
  const auto bytes = net::IpAddress::Parse(text)->bytes();
  auto* subnet = task->add_client_subnets();
  subnet->set_address(std::string(bytes.begin(), bytes.end()));
  subnet->set_prefix_length(length);
}

TEST(AdmitTask, TakesWhatAListMayHold) {
  auto wire = Wire("WWW.example.com", {1, 28, 65});
  AddSubnet("8.8.8.0", 24, &wire);
  wire.add_check_addresses("\1\2\3\4");
  const auto task = AdmitTask(Control(), wire);
  ASSERT_TRUE(task);
  EXPECT_EQ(task->qname, MakeName("www.example.com"));
  EXPECT_THAT(task->types, ElementsAre(1, 28, 65));
  EXPECT_THAT(task->subnets, ElementsAre(*net::IpPrefix::Parse("8.8.8.0/24")));
  EXPECT_THAT(task->to_check, ElementsAre(net::IpAddress::FromV4(0x01020304)));
}

TEST(AdmitTask, RefusesNamesThatNoListMayHold) {
  for (const char* name :
       {".", "com", "localhost", "a.local", "x.onion", "_dmarc.example.com",
        "*.example.com", "1.0.0.127.in-addr.arpa", "a b.example.com"}) {
    const auto parsed = dns::Name::Parse(name);
    if (!parsed) continue;
    EXPECT_FALSE(AdmitTask(Control(), Wire(name, {1}))) << name;
  }
  v1::Task broken;
  broken.add_qtypes(1);
  for (const std::string& wire :
       {std::string(), std::string("\3www"), std::string("\3www\0x", 6),
        std::string("\xc0\0", 2), std::string(300, 'a')}) {
    broken.set_qname(wire);
    EXPECT_FALSE(AdmitTask(Control(), broken));
  }
}

TEST(AdmitTask, LeavesOutWhatItMustNotAsk) {
  EXPECT_FALSE(AdmitTask(Control(), Wire("a.example", {})));
  EXPECT_FALSE(AdmitTask(Control(), Wire("a.example", {255, 252, 16, 65537})));
  auto wire = Wire("a.example", {255, 1, 1});
  AddSubnet("8.8.8.0", 25, &wire);      // Too long.
  AddSubnet("8.8.8.0", 0, &wire);       // Everybody's.
  AddSubnet("8.8.8.1", 24, &wire);      // Bits behind it.
  AddSubnet("10.1.2.0", 24, &wire);     // Private.
  AddSubnet("2a00:1450::", 64, &wire);  // Too long.
  AddSubnet("2a00:1450::", 56, &wire);
  wire.add_client_subnets()->set_prefix_length(24);
  wire.add_check_addresses("\1\2\3");
  const auto task = AdmitTask(Control(), wire);
  ASSERT_TRUE(task);
  EXPECT_THAT(task->types, ElementsAre(1));
  EXPECT_THAT(task->subnets,
              ElementsAre(*net::IpPrefix::Parse("2a00:1450::/56")));
  EXPECT_THAT(task->to_check, IsEmpty());
}

TEST(AdmitTask, IsBounded) {
  auto wire = Wire("a.example", {1});
  for (unsigned i = 0; i < 100; ++i) {
    AddSubnet(("8.8." + std::to_string(i) + ".0").c_str(), 24, &wire);
    wire.add_check_addresses("\1\2\3" + std::string(1, static_cast<char>(i)));
  }
  const auto task = AdmitTask(Control(), wire);
  ASSERT_TRUE(task);
  EXPECT_THAT(task->subnets, SizeIs(kMaxTaskSubnets));
  EXPECT_THAT(task->to_check, SizeIs(kMaxTaskChecks));
}

TEST(ExpandTask, AsksThePlansOwnServersForTheTasksTypes) {
  Rng rng(1);
  const Task task{.qname = MakeName("a.example"),
                  .types = {28},
                  .subnets = {*net::IpPrefix::Parse("8.8.8.0/24"),
                              *net::IpPrefix::Parse("9.9.9.0/24")},
                  .to_check = {}};
  const auto set = ExpandTask(Control(), task, 5, rng);
  EXPECT_EQ(set.index, 5u);
  std::map<std::string, int> kinds;
  for (const auto& question : set.questions) {
    EXPECT_EQ(question.set, 5u);
    EXPECT_NE(question.server_kind, capture::ServerKind::kCanary);
    if (question.role == capture::QuestionRole::kControlName) {
      ++kinds["control"];
      EXPECT_FALSE(question.shape.client_subnet);
      continue;
    }
    EXPECT_EQ(question.qname, task.qname);
    EXPECT_EQ(question.shape.qtype, 28);
    ++kinds[question.shape.client_subnet ? "subnet" : "plain"];
  }
  EXPECT_EQ(kinds["control"], 2);
  EXPECT_EQ(kinds["plain"], 2);
  EXPECT_EQ(kinds["subnet"], 4);
}

TEST(ExpandTask, ASetStillFitsIntoABatch) {
  Rng rng(1);
  PlanOptions options = Control();
  options.resolvers.clear();
  for (int i = 1; i < 100; ++i) {
    options.resolvers.push_back(Server("8.8.4." + std::to_string(i)));
  }
  const Task task{.qname = MakeName("a.example"),
                  .types = {1, 28, 65},
                  .subnets = {*net::IpPrefix::Parse("8.8.8.0/24"),
                              *net::IpPrefix::Parse("9.9.9.0/24")},
                  .to_check = {}};
  EXPECT_LE(ExpandTask(options, task, 0, rng).questions.size(),
            kMaxSetQuestions);
}

TEST(TasksWithin, FollowsThePace) {
  PlanOptions options = Control();
  // A name, its control name and one prefix, at two servers: 10 questions.
  EXPECT_EQ(TasksWithin(options, std::chrono::seconds(10)), 50u);
  options.rate = 0.1;
  EXPECT_EQ(TasksWithin(options, std::chrono::seconds(10)), 1u);
  options.rate = 200;
  options.resolvers.resize(1);
  EXPECT_EQ(TasksWithin(options, std::chrono::seconds(10)), 100u);
}

TEST(Policy, TasksAreNotForVolunteers) {
  PlanOptions options = Volunteer();
  options.tasks = true;
  EXPECT_TRUE(absl::IsPermissionDenied(CheckPolicy(options)));
  options = Control();
  options.tasks = true;
  EXPECT_TRUE(CheckPolicy(options).ok()) << CheckPolicy(options);
}

}  // namespace
}  // namespace taster::plan
