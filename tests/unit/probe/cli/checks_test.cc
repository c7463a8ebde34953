// SPDX-License-Identifier: Apache-2.0
// Endpoint checks from the command line: who must agree, what a round then
// tries, and what it records.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <map>

#include "probe/consent/consent.h"
#include "tests/unit/probe/cli/command_fixture.h"

namespace taster::cli {
namespace {

using capture::QuestionRole;
using ::testing::HasSubstr;
using ::testing::Not;

class ChecksTest : public CommandFixture {
 protected:
  ChecksTest() {
    Configure(
        "checks = [443, 993]\n"
        "mail_names = [\"a.example\", \"b.example\", \"example.org\"]\n");
    world_.address = net::IpAddress::Parse("10.9.9.9").value();
  }
  void Configure(const std::string& line) {
    home_.text().more_plan = line;
    home_.Write();
  }
  void AgreeToChecks() {
    const auto version = std::to_string(consent::kTextVersion);
    ASSERT_EQ(Run({"consent", "accept", "--version", version, "--checks"}),
              kDone)
        << err_;
  }
};

TEST_F(ChecksTest, NeedALevelOfConsentOfTheirOwn) {
  Agree();
  for (const auto* command : {"once", "run", "send"}) {
    EXPECT_EQ(Run({command}), kNotPermitted) << command;
    EXPECT_THAT(err_, HasSubstr("consent accept --checks"));
    EXPECT_EQ(std::count(err_.begin(), err_.end(), '\n'), 1);
  }
  EXPECT_EQ(world_.captures_opened + world_.streams_opened, 0);
  EXPECT_EQ(world_.uplinks_opened, 0);
  EXPECT_EQ(Run({"consent", "show", "--json"}), kDone);
  EXPECT_THAT(out_, HasSubstr("\"accepted\":{\"version\":3,\"checks\":false}"));
  AgreeToChecks();
  EXPECT_EQ(Run({"consent", "show", "--json"}), kDone);
  EXPECT_THAT(out_, HasSubstr("\"accepted\":{\"version\":3,\"checks\":true}"));
  EXPECT_EQ(Run({"once", "--patience", "0"}), kUnavailable) << err_;
}

TEST_F(ChecksTest, AgreeingAgainWithoutThemTakesThemBack) {
  AgreeToChecks();
  Agree();
  EXPECT_EQ(Run({"once"}), kNotPermitted);
  Configure("");
  EXPECT_EQ(Run({"once", "--patience", "0"}), kUnavailable) << err_;
  EXPECT_TRUE(world_.streamed.empty());
}

TEST_F(ChecksTest, AgreementWithoutConfigurationChecksNothing) {
  Configure("");
  AgreeToChecks();
  EXPECT_EQ(Run({"once", "--patience", "0"}), kUnavailable) << err_;
  EXPECT_TRUE(world_.streamed.empty());
  EXPECT_EQ(world_.streams_opened, 0);
}

TEST_F(ChecksTest, EverySetEndsWithItsChecks) {
  uplink::TestCollector collector;
  world_.collector = &collector;
  AgreeToChecks();
  ASSERT_EQ(Run({"once"}), kDone) << err_;
  // Two names; one address answered for each and for the control name.
  std::map<QuestionRole, int> roles;
  for (const auto& check : world_.streamed) {
    ++roles[check.role];
    EXPECT_EQ(check.server.address, *world_.address);
    EXPECT_NE(check.service, capture::Service::kDns);
  }
  EXPECT_EQ(roles[QuestionRole::kCheck], 2 * 2);
  EXPECT_EQ(roles[QuestionRole::kCheckControlName], 2 * 2);
  EXPECT_EQ(Spool().delivered_measurements, 20u + 8u);
}

TEST_F(ChecksTest, WithoutAnAddressNothingIsTried) {
  world_.address.reset();
  AgreeToChecks();
  EXPECT_EQ(Run({"once", "--patience", "0"}), kUnavailable) << err_;
  EXPECT_TRUE(world_.streamed.empty());
  EXPECT_EQ(Spool().waiting_measurements, 20u);
}

TEST_F(ChecksTest, ManySetsEndThoughFewMayWait) {
  std::string names;
  for (int i = 0; i < 200; ++i) names += "n" + std::to_string(i) + ".example\n";
  home_.WriteTargets(names);
  home_.text().rate = "5000";
  home_.text().resolvers = home_.text().system_servers = "[]";
  home_.text().types = "[\"A\"]";
  Configure("checks = [443]\nrd0_twin = false\n");
  world_.turns_open = 200;
  AgreeToChecks();
  EXPECT_EQ(Run({"once", "--patience", "0"}), kUnavailable) << err_;
  EXPECT_EQ(Spool().waiting_measurements, 200u * 4u);
}

TEST_F(ChecksTest, AfterTheFirstSignalNoCheckBegins) {
  world_.on_ask = [](std::size_t asked) {
    if (asked == 20) ::raise(SIGINT);
  };
  world_.turns_open = 20;
  AgreeToChecks();
  EXPECT_EQ(Run({"once"}), kInterrupted);
  EXPECT_TRUE(world_.streamed.empty());
  EXPECT_EQ(Spool().recorded_measurements, 20u);
}

TEST_F(ChecksTest, SignalBetweenChecksKeepsThoseThatWereTried) {
  world_.on_check = [](std::size_t checks) {
    if (checks == 3) ::raise(SIGINT);
  };
  AgreeToChecks();
  EXPECT_EQ(Run({"once"}), kInterrupted);
  EXPECT_EQ(world_.streamed.size(), 3u);
  EXPECT_GE(Spool().recorded_measurements, 10u + 3u);
}

TEST_F(ChecksTest, DryRunSaysHowManyThereMayBe) {
  EXPECT_EQ(Run({"dry-run"}), kDone);
  EXPECT_THAT(out_, HasSubstr("20 questions, up to 20 endpoint checks, "));
  EXPECT_EQ(Run({"dry-run", "--json"}), kDone);
  EXPECT_THAT(out_, HasSubstr("\"questions\":20,\"checks\":20,"));
  Configure("checks = []\n");
  EXPECT_EQ(Run({"dry-run"}), kDone);
  EXPECT_THAT(out_, Not(HasSubstr("checks")));
}

TEST_F(ChecksTest, DayOfAVolunteerCountsThem) {
  auto& text = home_.text();
  text.profile = "\"volunteer\"";
  text.lab = "false";
  text.endpoint = "\"collector.example:8443\"";
  text.resolvers = "[\"8.8.8.8\"]";
  text.canaries = text.system_servers = "[]";
  text.rate = "2";
  std::string names;
  for (int i = 0; i < 1000; ++i)
    names += "n" + std::to_string(i) + ".example\n";
  home_.WriteTargets(names);
  Configure("checks = [443]\n");
  AgreeToChecks();
  EXPECT_EQ(Run({"once"}), kNotPermitted);
  EXPECT_THAT(err_, HasSubstr("8000 queries; this profile may ask 5000"));
}

TEST_F(ChecksTest, ConfigurationIsStrict) {
  const std::pair<const char*, int> cases[] = {
      {"checks = [443, 25, 465, 587, 143, 993, 110, 995]\n", kDone},
      {"checks = []\n", kDone},
      {"checks = [80]\n", kNotPermitted},
      {"checks = [443, 443]\n", kBadConfiguration},
      {"checks = [0]\n", kBadConfiguration},
      {"checks = [-443]\n", kBadConfiguration},
      {"checks = [65979]\n", kBadConfiguration},
      {"checks = [\"443\"]\n", kBadConfiguration},
      {"checks = [443, \"993\"]\n", kBadConfiguration},
      {"checks = [443.0]\n", kBadConfiguration},
      {"checks = 443\n", kBadConfiguration},
      {"checks = true\n", kBadConfiguration},
  };
  for (const auto& [line, code] : cases) {
    Configure(line);
    EXPECT_EQ(Run({"config", "check"}), code) << line << err_;
    if (code == kDone) continue;
    EXPECT_THAT(err_, HasSubstr("line 19: plan.checks"));
  }
}

}  // namespace
}  // namespace taster::cli
