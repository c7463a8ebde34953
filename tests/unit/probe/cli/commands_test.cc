// SPDX-License-Identifier: Apache-2.0
// The commands as people call them: exit codes, output, and what they never do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "probe/consent/consent.h"
#include "tests/unit/probe/cli/command_fixture.h"

namespace taster::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using CommandsTest = CommandFixture;

TEST_F(CommandsTest, NothingIsSentBeforeConsent) {
  uplink::TestCollector collector;
  world_.collector = &collector;
  for (const auto* command : {"once", "run", "send"}) {
    EXPECT_EQ(Run({command}), kNotPermitted) << command;
    EXPECT_THAT(err_, HasSubstr("consent accept"));
  }
  for (const auto& words :
       std::vector<std::vector<std::string>>{{"status"},
                                             {"status", "--json"},
                                             {"dry-run"},
                                             {"key"},
                                             {"consent", "show"},
                                             {"config", "check"}}) {
    EXPECT_EQ(Run(words), kDone) << words[0] << err_;
  }
  EXPECT_EQ(world_.captures_opened + world_.uplinks_opened, 0);
  EXPECT_EQ(collector.calls(), 0u);
}

TEST_F(CommandsTest, ConsentIsNeverGivenByAccident) {
  EXPECT_EQ(Run({"consent", "accept", "--version", "4"}), kNotPermitted);
  EXPECT_EQ(Run({"consent", "accept", "--version", "1e0"}), kUsage);
  EXPECT_EQ(Run({"consent", "accept", "--yes"}), kUsage);
  // Standard input is no terminal here.
  if (::isatty(STDIN_FILENO) == 0) {
    EXPECT_EQ(Run({"consent", "accept"}), kNotPermitted);
    EXPECT_THAT(err_, HasSubstr("--version 3"));
  }
  EXPECT_FALSE(consent::Check(home_.state_dir()).ok());
  Agree();
  EXPECT_TRUE(consent::Check(home_.state_dir()).ok());
}

TEST_F(CommandsTest, OnceMeasuresRecordsAndDelivers) {
  uplink::TestCollector collector;
  world_.collector = &collector;
  Agree();
  ASSERT_EQ(Run({"once"}), kDone) << err_;
  // Two names: resolver 2 types and control, canary the same and RD=0, two
  // look-ups and their control.
  EXPECT_EQ(world_.asked, 2u * (3 + 4 + 3));
  EXPECT_THAT(out_,
              HasSubstr("recorded=20 answered=20 delivered=20 waiting=0"));
  EXPECT_EQ(Spool().delivered_measurements, 20u);
  EXPECT_EQ(Run({"status", "--json"}), kDone);
  EXPECT_THAT(out_, HasSubstr("\"delivered_measurements\":20"));
  EXPECT_THAT(out_, HasSubstr("\"consented\":true"));
}

TEST_F(CommandsTest, CollectorOutOfReachKeepsTheData) {
  Agree();
  ASSERT_EQ(Run({"once", "--patience", "0"}), kUnavailable) << err_;
  EXPECT_THAT(err_, HasSubstr("20 measurements wait safely in the spool"));
  EXPECT_EQ(Spool().waiting_measurements, 20u);
  uplink::TestCollector collector;
  world_.collector = &collector;
  ASSERT_EQ(Run({"send"}), kDone) << err_;
  EXPECT_EQ(Spool().delivered_measurements, 20u);
}

TEST_F(CommandsTest, NotEnrolledIsNotPermitted) {
  uplink::TestCollector collector;
  collector.Set([](const auto&, v1::Receipt*) {
    return grpc::Status(grpc::StatusCode::UNAUTHENTICATED, "who are you");
  });
  world_.collector = &collector;
  Agree();
  EXPECT_EQ(Run({"once"}), kNotPermitted);
  EXPECT_THAT(err_, HasSubstr("not enrolled"));
  EXPECT_EQ(Spool().waiting_measurements, 20u);
}

TEST_F(CommandsTest, LogsTellNoNameAndNoAddress) {
  Agree();
  Run({"once", "--patience", "0", "--progress", "plain"});
  EXPECT_THAT(err_, HasSubstr("event=send_failed"));
  for (const auto* secret :
       {"a.example", "example.org", "10.9.", "127.0.0.1"}) {
    EXPECT_THAT(err_, Not(HasSubstr(secret)));
  }
}

TEST_F(CommandsTest, FirstSignalFinishesAndRecords) {
  uplink::TestCollector collector;
  world_.collector = &collector;
  world_.on_ask = [](std::size_t asked) {
    if (asked == 5) ::raise(SIGINT);
  };
  Agree();
  EXPECT_EQ(Run({"once"}), kInterrupted);
  EXPECT_EQ(world_.asked, 5u);
  EXPECT_EQ(Spool().recorded_measurements, 5u);
}

TEST_F(CommandsTest, SecondSignalClosesWindowsAndStillRecords) {
  world_.turns_open = 1'000'000;
  world_.on_ask = [](std::size_t asked) {
    if (asked != 5) return;
    ::raise(SIGINT);
    ::raise(SIGINT);
  };
  Agree();
  EXPECT_EQ(Run({"once"}), kInterrupted);
  EXPECT_EQ(Spool().recorded_measurements, 5u);
}

TEST_F(CommandsTest, DaemonEndsWellOnTerm) {
  uplink::TestCollector collector;
  world_.collector = &collector;
  world_.on_ask = [](std::size_t asked) {
    if (asked == 20) ::raise(SIGTERM);
  };
  Agree();
  EXPECT_EQ(Run({"run"}), kDone) << err_;
  EXPECT_THAT(err_, HasSubstr("event=round_done recorded=20"));
}

TEST_F(CommandsTest, SecondInstanceIsToldWho) {
  Agree();
  auto spool = spool::Spool::Open({.path = home_.state_dir() / "spool.db"});
  ASSERT_TRUE(spool.ok());
  EXPECT_EQ(Run({"once"}), kBadData);
  EXPECT_THAT(err_, HasSubstr("in use by pid " + std::to_string(::getpid())));
  EXPECT_EQ(Run({"status"}), kDone);
}

TEST_F(CommandsTest, BadListBadConfigAndPolicyHaveTheirCodes) {
  Agree();
  home_.WriteTargets("localhost\n");
  EXPECT_EQ(Run({"once"}), kBadData);
  EXPECT_THAT(err_, HasSubstr("line 1 lies in a special-use domain"));
  home_.text().rate = "9000";
  home_.Write();
  EXPECT_EQ(Run({"once"}), kNotPermitted);
  home_.text().rate = "fast";
  home_.Write();
  EXPECT_EQ(Run({"config", "check"}), kBadConfiguration);
  EXPECT_THAT(err_, HasSubstr("line 17"));
  EXPECT_EQ(world_.captures_opened, 0);
}

TEST_F(CommandsTest, DayOfAVolunteerIsCapped) {
  auto& text = home_.text();
  text.profile = "\"volunteer\"";
  text.lab = "false";
  text.endpoint = "\"collector.example:8443\"";
  text.resolvers = "[\"8.8.8.8\"]";
  text.canaries = text.system_servers = "[]";
  text.rate = "2";
  home_.Write();
  std::string names;
  for (int i = 0; i < 1700; ++i)
    names += "n" + std::to_string(i) + ".example\n";
  home_.WriteTargets(names);
  Agree();
  EXPECT_EQ(Run({"once"}), kNotPermitted);
  EXPECT_THAT(err_, HasSubstr("5100 queries; this profile may ask 5000"));
  EXPECT_EQ(world_.captures_opened, 0);
}

TEST_F(CommandsTest, StateOthersCanWriteIsRefused) {
  Agree();
  ASSERT_EQ(::chmod(home_.state_dir().c_str(), 0777), 0);
  EXPECT_EQ(Run({"once"}), kBadConfiguration);
  EXPECT_THAT(err_, HasSubstr("line 1: state_dir"));
}

TEST_F(CommandsTest, RootNeedsToBeAllowed) {
  if (::geteuid() != 0) GTEST_SKIP() << "not root";
  Agree();
  allow_root_ = false;
  for (const auto* command : {"once", "run", "send", "key"}) {
    EXPECT_EQ(Run({command}), kNotPermitted) << command;
  }
  EXPECT_EQ(Run({"status"}), kDone);
}

TEST_F(CommandsTest, DryRunListsEveryQuestion) {
  EXPECT_EQ(Run({"dry-run"}), kDone);
  EXPECT_EQ(std::count(out_.begin(), out_.end(), '\n'), 21);
  EXPECT_THAT(out_, HasSubstr("# 2 names, 20 questions, 20 packets"));
  EXPECT_THAT(out_, HasSubstr("a.example. A @10.9.6.66:53 canary target udp "
                              "rd=0"));
  EXPECT_EQ(Run({"dry-run", "--json"}), kDone);
  EXPECT_THAT(out_, HasSubstr("\"questions\":20"));
  EXPECT_EQ(world_.captures_opened + world_.uplinks_opened, 0);
}

TEST_F(CommandsTest, KeyIsStableAndSaysHowToEnrol) {
  ASSERT_EQ(Run({"key"}), kDone);
  const auto first = out_;
  EXPECT_THAT(first, HasSubstr("taster-collector enroll "));
  EXPECT_THAT(first, HasSubstr("--role probe --country CN --asn 4134"));
  ASSERT_EQ(Run({"key"}), kDone);
  EXPECT_EQ(out_, first);
  home_.text().asn = "4837";
  home_.Write();
  ASSERT_EQ(Run({"key"}), kDone);
  EXPECT_NE(out_.substr(0, 64), first.substr(0, 64));
}

TEST_F(CommandsTest, UsageErrorsAreOneLineAndSafe) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {},
           {"bogus"},
           {"once", "--bogus"},
           {"once", "--progress"},
           {"once", "--progress", "fancy"},
           {"once", "--patience", "-1"},
           {"once", "--patience", "1e9"},
           {"once", "--patience", "0x10"},
           {"once", "--patience", "5 "},
           {"once", "--patience", "5", "--patience", "6"},
           {"status", "--json", "--json"},
           {"--config", "x", "status"},
           {"consent"},
           {"once", "\x1b[31mred"},
           {"--config=../probe.toml", "status"}}) {
    EXPECT_EQ(Run(words), kUsage) << (words.empty() ? "" : words.back());
    EXPECT_EQ(std::count(err_.begin(), err_.end(), '\n'), 1) << err_;
    EXPECT_THAT(err_, Not(HasSubstr("\x1b")));
  }
}

TEST_F(CommandsTest, HelpLeadsWithExamples) {
  EXPECT_EQ(Run({"--help"}), kDone);
  EXPECT_EQ(out_.find("Examples:"), 0u);
  EXPECT_EQ(Run({"once", "--help"}), kDone);
  EXPECT_THAT(out_.substr(0, 10), HasSubstr("Example"));
  EXPECT_EQ(Run({"--version"}), kDone);
  EXPECT_THAT(out_, HasSubstr("taster-probe "));
}

}  // namespace
}  // namespace taster::cli
