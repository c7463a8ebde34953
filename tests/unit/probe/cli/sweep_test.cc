// SPDX-License-Identifier: Apache-2.0
// The sweep command as people call it, over engines that answer by themselves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include "tests/unit/probe/cli/command_fixture.h"

namespace taster::cli {
namespace {

using ::testing::HasSubstr;

constexpr char kCanary[] = "10.9.6.66";

// Names below "forged.example" draw a reply; nothing else does.
bool IsForged(const capture::Question& question) {
  return question.qname.IsWithin(*dns::Name::Parse("forged.example"));
}

class SweepTest : public CommandFixture {
 protected:
  SweepTest() {
    world_.answers = IsForged;
    Agree();
  }

  int Sweep(std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"sweep",
                                      "--names",
                                      home_.targets().string(),
                                      "--canary",
                                      kCanary,
                                      "--rate",
                                      "100000",
                                      "--keep",
                                      "--json",
                                      "--i-own-the-canary"};
    words.insert(words.end(), more.begin(), more.end());
    return Run(words);
  }
  std::string StateFile() const {
    return (home_.state_dir() / "sweep.state").string();
  }
  void WriteNames(int forged, int clean) {
    std::string text;
    for (int i = 0; i < forged; ++i) {
      text += "n" + std::to_string(i) + ".forged.example\n";
    }
    for (int i = 0; i < clean; ++i) {
      text += "n" + std::to_string(i) + ".clean.example\n";
    }
    home_.WriteTargets(text);
  }
  std::uint64_t Waiting() const { return Spool().waiting_measurements; }
};

TEST_F(SweepTest, NeedsTheStatement) {
  EXPECT_EQ(
      Run({"sweep", "--names", home_.targets().string(), "--canary", kCanary}),
      kNotPermitted);
  EXPECT_THAT(err_, HasSubstr("--i-own-the-canary"));
  EXPECT_EQ(world_.captures_opened, 0);
}

TEST_F(SweepTest, SilenceIsCountedRepliesAreRecorded) {
  WriteNames(30, 400);
  ASSERT_EQ(Sweep(), kDone) << err_;
  EXPECT_THAT(out_, HasSubstr("\"complete\":true"));
  EXPECT_THAT(out_, HasSubstr("\"asked\":430,\"answered\":30,"
                              "\"unanswered\":400,\"unsent\":0,"
                              "\"replies\":30"));
  // Each forged name and the control name beside it.
  EXPECT_EQ(Waiting(), 60u);
}

TEST_F(SweepTest, TwoCanariesMakeOneSet) {
  WriteNames(10, 50);
  ASSERT_EQ(Sweep({"--canary", "10.9.6.67"}), kDone) << err_;
  EXPECT_THAT(out_, HasSubstr("\"asked\":60,\"answered\":10"));
  EXPECT_EQ(Waiting(), 40u);
  EXPECT_EQ(Sweep({"--canary", kCanary}), kUsage);
}

TEST_F(SweepTest, EveryClassOfBadNameIsCounted) {
  home_.WriteTargets(
      "# a comment\n\nok.example\na..example\n" + std::string(64, 'a') +
      ".example\nb\xc3\xbc"
      "cher.example\n_dmarc.example\n*.example\n"
      "dot.example.\nsingle\nlocalhost\nx.local\nx.onion\n1.in-addr.arpa\n"
      "192.0.2.1\n2001:db8::1\nsp ace.example\n" +
      std::string(200'000, 'l') + "\nlast.example");
  ASSERT_EQ(Sweep(), kDone) << err_;
  EXPECT_THAT(out_, HasSubstr("\"entries\":17,\"asked\":2,"));
  EXPECT_THAT(out_, HasSubstr("\"malformed\":3,\"not_ldh\":1,"
                              "\"underscore\":1,\"wildcard\":1,"
                              "\"not_a_label\":1,\"trailing_dot\":1,"
                              "\"single_label\":1,\"address\":2,"
                              "\"special_use\":4"));
  ASSERT_EQ(Run({"sweep", "--names", home_.targets().string(), "--canary",
                 kCanary, "--keep", "--i-own-the-canary"}),
            kDone);
  EXPECT_THAT(out_, HasSubstr("more than 1 % of the list"));
}

TEST_F(SweepTest, CanaryThatAnswersIsRefusedBeforeAnyName) {
  world_.answers = nullptr;
  WriteNames(10, 10);
  EXPECT_EQ(Sweep(), kNotPermitted);
  EXPECT_THAT(err_, HasSubstr("not silent"));
  EXPECT_THAT(out_, HasSubstr("\"asked\":0"));
}

TEST_F(SweepTest, CanaryThatBeginsToAnswerEndsIt) {
  world_.answers = [this](const capture::Question& question) {
    return IsForged(question) || world_.asked > 300;
  };
  WriteNames(100, 5000);
  EXPECT_EQ(Sweep(), kNotPermitted);
  EXPECT_THAT(err_, HasSubstr("not silent"));
  EXPECT_THAT(out_, HasSubstr("\"complete\":false"));
}

TEST_F(SweepTest, GoesOnWhereItWasStopped) {
  WriteNames(100, 4900);
  world_.on_ask = [](std::size_t asked) {
    if (asked == 2000) ::raise(SIGINT);
  };
  EXPECT_EQ(Sweep({"--resume", StateFile()}), kInterrupted) << err_;
  EXPECT_THAT(out_, HasSubstr("\"complete\":false"));
  const auto before = world_.asked;
  ForgetSignals();
  world_.on_ask = nullptr;
  ASSERT_EQ(Sweep({"--resume", StateFile()}), kDone) << err_;
  EXPECT_THAT(out_, HasSubstr("\"complete\":true"));
  EXPECT_THAT(out_, HasSubstr("\"asked\":5000,\"answered\":100,"));
  EXPECT_EQ(Waiting(), 200u);
  // Checks beside; no name twice.
  EXPECT_LT(before, 4500u);
  EXPECT_LE(world_.asked, 5000u + 100 + 2 * 5);
  ASSERT_EQ(Sweep({"--resume", StateFile()}), kDone);
  EXPECT_THAT(out_, HasSubstr("\"asked\":5000,"));
}

TEST_F(SweepTest, AbortedWindowsAreAskedAgain) {
  WriteNames(0, 3000);
  world_.turns_open = 1000;
  world_.on_ask = [](std::size_t asked) {
    if (asked == 1000) {
      ::raise(SIGINT);
      ::raise(SIGINT);
    }
  };
  EXPECT_EQ(Sweep({"--resume", StateFile()}), kInterrupted);
  ForgetSignals();
  world_.turns_open = 2;
  ASSERT_EQ(Sweep({"--resume", StateFile()}), kDone) << err_;
  EXPECT_THAT(out_, HasSubstr("\"asked\":3000,"));
}

TEST_F(SweepTest, StateOfAnotherSweepIsRefused) {
  WriteNames(1, 100);
  ASSERT_EQ(Sweep({"--resume", StateFile()}), kDone) << err_;
  EXPECT_EQ(Sweep({"--resume", StateFile(), "--type", "AAAA"}), kBadData);
  WriteNames(0, 101);
  EXPECT_EQ(Sweep({"--resume", StateFile()}), kBadData);
  std::ofstream(StateFile()) << "taster-sweep 1\nnonsense\n";
  EXPECT_EQ(Sweep({"--resume", StateFile()}), kBadData);
}

TEST_F(SweepTest, BadWordsAndBadLists) {
  EXPECT_EQ(Sweep({"--rate", "0"}), kUsage);
  EXPECT_EQ(Sweep({"--type", "BANANA"}), kUsage);
  for (const auto* path : {"/dev/zero", "/", "/nowhere"}) {
    EXPECT_EQ(Run({"sweep", "--names", path, "--canary", kCanary, "--keep",
                   "--i-own-the-canary"}),
              kBadData)
        << path;
  }
  EXPECT_EQ(Run({"sweep", "--names", "x", "--canary", "host.example",
                 "--i-own-the-canary"}),
            kUsage);
  EXPECT_EQ(world_.captures_opened, 0);
}

TEST_F(SweepTest, ControlAsksPublicHostsAndKeepsItsCap) {
  LeaveTheLab("control", "100", "[]");
  EXPECT_EQ(Sweep(), kNotPermitted);
  EXPECT_THAT(err_, HasSubstr("private or reserved"));
  const auto sweep = [&](const char* canary, const char* rate) {
    return Run({"sweep", "--names", home_.targets().string(), "--canary",
                canary, "--rate", rate, "--keep", "--i-own-the-canary"});
  };
  EXPECT_EQ(sweep("202.0.2.1", "6001"), kNotPermitted);
  EXPECT_THAT(err_, HasSubstr("--rate"));
  EXPECT_EQ(sweep("202.0.2.1:5353", "100"), kNotPermitted);
  EXPECT_EQ(world_.captures_opened, 0);
  EXPECT_EQ(sweep("202.0.2.1", "6000"), kDone) << err_;
}

TEST_F(SweepTest, VolunteersDoNotSweep) {
  LeaveTheLab("volunteer", "2");
  EXPECT_EQ(Sweep(), kNotPermitted);
  EXPECT_EQ(Run({"study", "a.example", "--canary", "202.0.2.1"}),
            kNotPermitted);
  EXPECT_EQ(world_.captures_opened, 0);
}

}  // namespace
}  // namespace taster::cli
