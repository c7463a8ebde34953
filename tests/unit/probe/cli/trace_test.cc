// SPDX-License-Identifier: Apache-2.0
// The trace command as people call it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/unit/probe/cli/command_fixture.h"

namespace taster::cli {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Every question is answered at once, so the server is one hop away.
using TraceTest = CommandFixture;

TEST_F(TraceTest, NothingIsSentBeforeConsent) {
  EXPECT_EQ(Run({"trace", "a.example"}), kNotPermitted);
  EXPECT_THAT(err_, HasSubstr("consent accept"));
  EXPECT_EQ(world_.captures_opened, 0);
}

TEST_F(TraceTest, DrawsRecordsAndDelivers) {
  uplink::TestCollector collector;
  world_.collector = &collector;
  Agree();
  ASSERT_EQ(Run({"trace", "a.example"}), kDone) << err_;
  // Far steps and steps 1 and 2, three times each, for two names.
  EXPECT_EQ(world_.asked, 2u * 3 * (3 + 2));
  EXPECT_THAT(out_, HasSubstr("a.example. A at 10.9.3.53:53"));
  EXPECT_THAT(out_, HasSubstr("first answer for the target: ttl 1"));
  EXPECT_THAT(err_, HasSubstr("recorded=30 answered=30 delivered=30"));
  EXPECT_EQ(Spool().delivered_measurements, 30u);
}

TEST_F(TraceTest, JsonIsAloneOnStandardOutput) {
  Agree();
  ASSERT_EQ(Run({"trace", "a.example", "--json", "--keep"}), kDone) << err_;
  EXPECT_THAT(out_, StartsWith("{\"qname\":\"a.example.\""));
  EXPECT_THAT(out_, EndsWith("]}\n"));
  EXPECT_EQ(world_.uplinks_opened, 0);
  EXPECT_EQ(Spool().waiting_measurements, 30u);
  EXPECT_EQ(Spool().waiting_batches, 1u);
}

TEST_F(TraceTest, LabTracesAnywhere) {
  Agree();
  ASSERT_EQ(Run({"trace", "x.example", "--server", "10.1.2.3:5353", "--type",
                 "AAAA", "--keep"}),
            kDone)
      << err_;
  EXPECT_THAT(out_, HasSubstr("AAAA at 10.1.2.3:5353"));
}

TEST_F(TraceTest, RoundsEndWithThePlansTraces) {
  home_.text().more_plan = "traces = [\"a.example\"]\n";
  home_.Write();
  uplink::TestCollector collector;
  world_.collector = &collector;
  Agree();
  ASSERT_EQ(Run({"dry-run", "--json"}), kDone) << err_;
  EXPECT_THAT(out_, Not(HasSubstr("\"trace_questions\":0")));
  ASSERT_EQ(Run({"once"}), kDone) << err_;
  const auto with_trace = world_.asked;
  home_.text().more_plan = "";
  home_.Write();
  world_.asked = 0;
  ASSERT_EQ(Run({"once"}), kDone) << err_;
  // As DrawsRecordsAndDelivers says.
  EXPECT_EQ(with_trace, world_.asked + 2u * 3 * (3 + 2));
}

TEST_F(TraceTest, NobodyTracesWhatIsNotOnTheList) {
  home_.text().more_plan = "traces = [\"other.example\"]\n";
  home_.Write();
  Agree();
  EXPECT_EQ(Run({"once"}), kBadConfiguration);
  EXPECT_THAT(err_, HasSubstr("plan.traces: other.example."));
  EXPECT_EQ(world_.captures_opened, 0);
}

TEST_F(TraceTest, BadWordsAreUsageErrors) {
  Agree();
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"trace"},
           {"trace", "a.example", "--max-hops", "0"},
           {"trace", "a.example", "--max-hops", "41"},
           {"trace", "a.example", "--repeats", "2"},
           {"trace", "a.example", "--server", "resolver.example"},
           {"trace", "a.example", "--server", "10.9.3.53:0"},
           {"trace", "a.example", "--type", "BANANA"},
           {"trace", "a..example"},
           {"trace", "localhost"}}) {
    EXPECT_EQ(Run(words), kUsage) << words.back();
  }
  EXPECT_EQ(Run({"trace", "a.example", "--type", "ANY"}), kNotPermitted);
  EXPECT_EQ(world_.captures_opened, 0);
}

TEST_F(TraceTest, VolunteersKeepToTheirListAndServers) {
  LeaveTheLab("volunteer", "2");
  Agree();
  EXPECT_EQ(Run({"trace", "c.example"}), kNotPermitted);
  EXPECT_THAT(err_, HasSubstr("not on this probe's target list"));
  for (const auto* server : {"9.9.9.9", "192.0.2.1", "8.8.8.8:5353"}) {
    EXPECT_EQ(Run({"trace", "a.example", "--server", server}), kNotPermitted);
  }
  EXPECT_EQ(world_.captures_opened, 0);
}

}  // namespace
}  // namespace taster::cli
