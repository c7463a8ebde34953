// SPDX-License-Identifier: Apache-2.0
// The study command as people call it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include "tests/unit/probe/cli/command_fixture.h"

namespace taster::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class StudyTest : public CommandFixture {
 protected:
  StudyTest() {
    world_.answers = [](const capture::Question& question) {
      return question.qname.IsWithin(*dns::Name::Parse("a.example"));
    };
    Agree();
  }
  int Study(std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"study", "a.example", "--canary",
                                      "10.9.6.66", "--keep"};
    words.insert(words.end(), more.begin(), more.end());
    return Run(words);
  }
  std::uint64_t Waiting() const { return Spool().waiting_measurements; }
};

TEST_F(StudyTest, ReportsAndRecordsEverything) {
  ASSERT_EQ(Study({"--walk", "70"}), kDone) << err_;
  EXPECT_THAT(out_, HasSubstr("a.example. A at canary 10.9.6.66:53"));
  EXPECT_THAT(out_, HasSubstr("(70 of them to walk the pool)"));
  EXPECT_THAT(out_, HasSubstr("control name: 0 replies"));
  // Replies without a record: somebody answers, but no pool is seen.
  EXPECT_THAT(out_, HasSubstr("owner none"));
  EXPECT_THAT(out_, HasSubstr("pool: undecided"));
  EXPECT_EQ(Waiting(), world_.asked);
  EXPECT_EQ(world_.captures_opened, 2);
}

TEST_F(StudyTest, JsonIsAloneOnStandardOutput) {
  ASSERT_EQ(Study({"--json", "--walk", "1", "--server", "10.9.3.53"}), kDone);
  EXPECT_THAT(out_, StartsWith("{\"qname\":\"a.example.\""));
  EXPECT_THAT(out_, HasSubstr("\"server\":\"10.9.3.53:53\""));
  EXPECT_THAT(out_, HasSubstr("\"at\":\"server\""));
  EXPECT_EQ(out_.find('\n'), out_.size() - 1);
}

TEST_F(StudyTest, CanaryThatAnswersIsRefused) {
  world_.answers = nullptr;
  EXPECT_EQ(Study(), kNotPermitted);
  EXPECT_THAT(err_, HasSubstr("not silent"));
  EXPECT_EQ(world_.asked, 3u);
}

TEST_F(StudyTest, SilenceIsToldAsSuch) {
  world_.answers = [](const auto&) { return false; };
  ASSERT_EQ(Study({"--walk", "10"}), kDone);
  EXPECT_THAT(out_, HasSubstr("nobody replied"));
}

TEST_F(StudyTest, SignalEndsItAndKeepsWhatWasSeen) {
  world_.on_ask = [](std::size_t asked) {
    if (asked == 40) ::raise(SIGINT);
  };
  EXPECT_EQ(Study(), kInterrupted);
  EXPECT_EQ(world_.asked, 40u);
  EXPECT_EQ(Waiting(), 40u);
}

TEST_F(StudyTest, BadWordsAreUsageErrors) {
  for (const auto& more :
       std::vector<std::vector<std::string>>{{"--walk", "0"},
                                             {"--walk", "-1"},
                                             {"--type", "BANANA"},
                                             {"--server", "resolver.example"},
                                             {"--canary", "10.9.6.67"}}) {
    EXPECT_EQ(Study(more), kUsage) << more.back();
  }
  EXPECT_EQ(Run({"study", "a.example"}), kUsage);
  EXPECT_EQ(Run({"study", "localhost", "--canary", "10.9.6.66"}), kUsage);
  EXPECT_EQ(world_.captures_opened, 0);
}

}  // namespace
}  // namespace taster::cli
