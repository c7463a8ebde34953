// SPDX-License-Identifier: Apache-2.0
// Which answered addresses are tried, and which never.
#include "probe/plan/check_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "probe/plan/budget.h"
#include "tests/unit/probe/plan/plan_cases.h"

namespace taster::plan {
namespace {

using capture::QuestionRole;
using std::chrono::seconds;

constexpr Instant kNow{std::chrono::hours(1000)};

net::IpAddress Ip(std::string_view text) {
  return net::IpAddress::Parse(text).value();
}

PlanOptions Checking(std::vector<std::uint16_t> ports) {
  PlanOptions options = Volunteer();
  options.check_ports = std::move(ports);
  return options;
}

SetAnswers Answers(std::vector<AnsweredAddress> target,
                   std::vector<AnsweredAddress> control = {}) {
  return {.set = 7,
          .target = MakeName("www.Example.com"),
          .target_addresses = std::move(target),
          .control_addresses = std::move(control)};
}

class CheckPlanTest : public testing::Test {
 protected:
  std::vector<capture::Question> Choose(const PlanOptions& options,
                                        const SetAnswers& answers,
                                        std::vector<net::IpAddress> own = {}) {
    return CheckPlan(options, std::move(own))
        .Choose(answers, &ledger_, kNow, rng_);
  }
  std::set<std::string> Addresses(
      const std::vector<capture::Question>& checks) {
    std::set<std::string> addresses;
    for (const auto& check : checks) {
      addresses.insert(check.server.address.ToString());
    }
    return addresses;
  }

  CheckLedger ledger_{seconds(180)};
  Rng rng_;
};

TEST_F(CheckPlanTest, HostsOfThoseWhoAskedAreLeftAlone) {
  PlanOptions options = Checking({443});
  ASSERT_TRUE(options.never_check.Add("8.8.1.0/24"));
  EXPECT_THAT(Addresses(Choose(options, Answers({{Ip("8.8.1.1"), {}},
                                                 {Ip("8.8.2.1"), {}}}))),
              testing::ElementsAre("8.8.2.1"));
  ASSERT_TRUE(options.never_check.Add("example.com"));
  EXPECT_TRUE(Choose(options, Answers({{Ip("8.8.3.1"), {}}})).empty());
}

TEST(CheckPolicy, ControlsSayWhomToAskAndVolunteersDoNot) {
  PlanOptions options = Checking({443});
  EXPECT_TRUE(CheckPolicy(options).ok());
  options.check_contact = "taster-check (+https://example.org/)";
  EXPECT_TRUE(absl::IsPermissionDenied(CheckPolicy(options)));
  options.profile = Profile::kControl;
  EXPECT_TRUE(CheckPolicy(options).ok()) << CheckPolicy(options);
  options.check_contact.clear();
  EXPECT_TRUE(absl::IsPermissionDenied(CheckPolicy(options)));
}

TEST_F(CheckPlanTest, CheckIsAQuestionThatIsNotAsked) {
  const auto checks = Choose(Checking({443}), Answers({{Ip("8.8.1.1"), {}}}));
  ASSERT_EQ(checks.size(), 1u);
  const auto& check = checks[0];
  EXPECT_EQ(check.set, 7u);
  EXPECT_EQ(check.role, QuestionRole::kCheck);
  EXPECT_EQ(check.qname, MakeName("www.example.com"));
  EXPECT_EQ(check.shape.qtype, dns::kTypeA);
  EXPECT_EQ(check.server.ToString(), "8.8.1.1:443");
  EXPECT_EQ(check.server_kind, capture::ServerKind::kHost);
  EXPECT_EQ(check.transport, capture::Transport::kHttps);
  EXPECT_EQ(check.service, capture::Service::kHttps);
  EXPECT_EQ(check.tls_name, "www.example.com");
  EXPECT_FALSE(check.randomise_case);
  EXPECT_FALSE(check.through_system);
}

TEST_F(CheckPlanTest, EveryPortOfEveryAddressAndTheControlNames) {
  PlanOptions options = Checking({443, 993, 25});
  ASSERT_TRUE(options.mail_names.Add("example.com"));
  ASSERT_TRUE(options.mail_names.Add("example.org"));
  const auto checks =
      Choose(options, Answers({{Ip("8.8.1.1"), {}}, {Ip("2600::1"), {}}},
                              {{Ip("9.9.1.1"), {}}, {Ip("9.9.1.2"), {}}}));
  EXPECT_EQ(checks.size(), 3u * 3u);
  int control = 0;
  for (const auto& check : checks) {
    EXPECT_EQ(check.transport == capture::Transport::kHttps,
              check.server.port == 443);
    EXPECT_EQ(check.shape.qtype == dns::kTypeAaaa,
              !check.server.address.is_v4());
    if (check.role != QuestionRole::kCheckControlName) continue;
    ++control;
    EXPECT_EQ(check.server.address, Ip("9.9.1.1"));
    EXPECT_EQ(check.tls_name, "example.org");
  }
  EXPECT_EQ(control, 3);
}

TEST_F(CheckPlanTest, MailPortsAreTriedAtNamesThatServeMail) {
  const auto checks =
      Choose(Checking({443, 587, 993}), Answers({{Ip("8.8.1.1"), {}}}));
  ASSERT_EQ(checks.size(), 1u);
  EXPECT_EQ(checks[0].server.port, 443);
}

TEST_F(CheckPlanTest, ThoseWhoAnsweredTakeTurns) {
  std::vector<AnsweredAddress> answered;
  for (int i = 1; i <= 9; ++i) {
    answered.push_back({Ip("8.8.2." + std::to_string(i)), Answerer::kResolver});
  }
  answered.push_back({Ip("8.8.3.1"), Answerer::kCanary});
  answered.push_back({Ip("8.8.1.1"), Answerer::kEncrypted});
  // Known from there too.
  answered.push_back({Ip("8.8.2.1"), Answerer::kEncrypted});
  const auto checks = Choose(Checking({443}), Answers(answered));
  EXPECT_THAT(Addresses(checks),
              testing::ElementsAre("8.8.1.1", "8.8.2.1", "8.8.2.2", "8.8.3.1"));
}

TEST_F(CheckPlanTest, NeverLeadsToMachinesNearby) {
  std::vector<AnsweredAddress> hostile;
  for (const char* text : {"0.0.0.0",
                           "10.0.0.1",
                           "100.64.0.1",
                           "127.0.0.1",
                           "169.254.169.254",
                           "172.16.0.1",
                           "192.168.1.1",
                           "198.18.0.1",
                           "224.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "fe80::1",
                           "fd00::1",
                           "ff02::1",
                           "::ffff:192.168.1.1",
                           "64:ff9b::c0a8:101",
                           "2002:c0a8:101::1",
                           "2001:db8::1",
                           "94.1.2.3",
                           "2a01:5:6::9"}) {
    hostile.push_back({Ip(text), Answerer::kResolver});
  }
  const std::vector<net::IpAddress> own = {Ip("94.1.2.200"),
                                           Ip("2a01:5:6:7::1")};
  EXPECT_TRUE(
      Choose(Checking({443, 25}), Answers(hostile, hostile), own).empty());
  // A neighbour's network is as good as any.
  const auto checks =
      Choose(Checking({443}),
             Answers({{Ip("94.1.3.3"), {}}, {Ip("2a01:5:7::9"), {}}}), own);
  EXPECT_EQ(checks.size(), 2u);
}

TEST_F(CheckPlanTest, ControlOutsideALaboratoryIsNoExcuse) {
  PlanOptions options = Checking({443});
  options.profile = Profile::kControl;
  EXPECT_TRUE(Choose(options, Answers({{Ip("10.9.0.1"), {}}})).empty());
  options.lab = true;
  EXPECT_EQ(Choose(options, Answers({{Ip("10.9.0.1"), {}}})).size(), 1u);
}

TEST_F(CheckPlanTest, AnAddressIsLeftAloneButNotTheControlNames) {
  const auto answers = Answers({{Ip("8.8.1.1"), {}}}, {{Ip("8.8.9.9"), {}}});
  const auto options = Checking({443});
  EXPECT_EQ(Choose(options, answers).size(), 2u);
  const auto again = Choose(options, answers);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].role, QuestionRole::kCheckControlName);
}

TEST_F(CheckPlanTest, WithoutPortsNothingIsTried) {
  EXPECT_TRUE(Choose(Volunteer(), Answers({{Ip("8.8.1.1"), {}}})).empty());
  EXPECT_EQ(MostChecks(Volunteer()), 0u);
}

TEST(CheckLedger, RestsAndForgets) {
  CheckLedger ledger(seconds(180), 3);
  EXPECT_TRUE(ledger.Take(Ip("8.8.1.1"), kNow));
  EXPECT_FALSE(ledger.Take(Ip("8.8.1.1"), kNow + seconds(179)));
  EXPECT_TRUE(ledger.Take(Ip("8.8.1.1"), kNow + seconds(180)));
  EXPECT_FALSE(ledger.Take(Ip("8.8.1.1"), kNow + seconds(181)));
  for (int i = 1; i <= 3; ++i) {
    EXPECT_TRUE(
        ledger.Take(Ip("8.8.2." + std::to_string(i)), kNow + seconds(182)));
  }
  EXPECT_EQ(ledger.size(), 3u);
  EXPECT_TRUE(ledger.Take(Ip("8.8.1.1"), kNow + seconds(183)));
  EXPECT_FALSE(ledger.Take(Ip("8.8.2.3"), kNow + seconds(183)));
}

TEST(CheckLedger, LaboratoryNeedsNoRest) {
  CheckLedger ledger(CapsOf(Profile::kLab).check_rest);
  EXPECT_TRUE(ledger.Take(Ip("10.0.0.1"), kNow));
  EXPECT_TRUE(ledger.Take(Ip("10.0.0.1"), kNow));
  EXPECT_EQ(ledger.size(), 0u);
  EXPECT_EQ(CapsOf(Profile::kVolunteer).check_rest, seconds(180));
  EXPECT_EQ(CapsOf(Profile::kControl).check_rest, std::chrono::hours(24));
}

TEST(CheckBudget, CountsEveryCheckThatThereMayBe) {
  const std::vector<dns::Name> names = {MakeName("a.example"),
                                        MakeName("b.example")};
  const auto without = BudgetOf(Volunteer(), names);
  const auto with = BudgetOf(Checking({443, 993}), names);
  EXPECT_EQ(without.checks, 0u);
  EXPECT_EQ(with.questions, without.questions);
  EXPECT_EQ(with.checks, 2u * 5u * 2u);
  EXPECT_EQ(with.asked(), with.questions + with.checks);
  EXPECT_EQ(with.packets, without.packets + with.checks * 13);
  EXPECT_GT(with.bytes_sent, without.bytes_sent + with.checks * 1000);
  EXPECT_GT(BudgetOf(Checking({443, 25, 465, 587, 143, 993, 110, 995}), names)
                .duration,
            with.duration);
}

TEST(CheckPolicy, KnowsTheServicesThatMayBeTried) {
  EXPECT_TRUE(
      CheckPolicy(Checking({443, 25, 465, 587, 143, 993, 110, 995})).ok());
  const std::uint16_t others[] = {0, 22, 53, 80, 445, 853, 8443};
  for (const auto port : others) {
    const auto status = CheckPolicy(Checking({443, port}));
    EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied) << port;
    EXPECT_THAT(std::string(status.message()),
                testing::StartsWith("plan.checks: "));
  }
  EXPECT_FALSE(CheckPolicy(Checking({443, 443})).ok());
}

TEST(CheckPolicy, SetsCountTheirChecks) {
  PlanOptions options = Checking({443, 25, 465, 587, 143, 993, 110, 995});
  options.profile = Profile::kLab;
  options.lab = true;
  options.rd0_twin = options.system_lookup = false;
  options.system.clear();
  options.resolvers.clear();
  options.types = {dns::kTypeA};
  options.canaries.clear();
  // Each is asked for target and control name.
  for (int i = 1; i <= 236; ++i) {
    options.canaries.push_back(Server("10.0.0." + std::to_string(i)));
  }
  EXPECT_TRUE(CheckSetSize(options).ok());
  options.canaries.push_back(Server("10.0.1.1"));
  EXPECT_FALSE(CheckSetSize(options).ok());
}

}  // namespace
}  // namespace taster::plan
