// SPDX-License-Identifier: Apache-2.0
// Which measurements of controls can be part of a proof.
#include "collector/control/witnessed_link.h"

#include <gtest/gtest.h>

#include "proto/dns/constants.h"
#include "tests/unit/collector/control/sample_message.h"

namespace taster::control {
namespace {

class WitnessedLinks : public ::testing::Test {
 protected:
  WitnessedLinks() {
    row_.asked.server_kind = judge::ServerKind::kRecursive;
    row_.asked.role = judge::QuestionRole::kTarget;
  }
  std::vector<WitnessedLink> Find() {
    store::JudgedBatch batch;
    batch.vantage_id = 7;
    batch.measurements = {row_};
    return FindLinks(batch);
  }

  store::MeasurementRow row_ =
      Measured("WWW.Example.", {{.addresses = {"198.51.101.1"}}});
};

TEST_F(WitnessedLinks, AnswersOfResolvers) {
  const auto links = Find();
  ASSERT_EQ(links.size(), 1u);
  EXPECT_TRUE(links[0].is_answer);
  EXPECT_EQ(links[0].vantage_id, 7);
  EXPECT_EQ(links[0].time, row_.query_time);
  EXPECT_EQ(links[0].link.qname.ToText(), "www.example.");
  EXPECT_EQ(links[0].link.answer.size(), 1u);
}

TEST_F(WitnessedLinks, NothingElse) {
  const store::MeasurementRow good = row_;
  row_.asked.server_kind = judge::ServerKind::kCanary;
  EXPECT_TRUE(Find().empty());
  row_ = good;
  for (const auto role :
       {judge::QuestionRole::kControlName, judge::QuestionRole::kTrace,
        judge::QuestionRole::kNameServer, judge::QuestionRole::kProof}) {
    row_.asked.role = role;
    EXPECT_TRUE(Find().empty());
  }
  row_ = good;
  row_.asked.qclass = dns::kClassChaos;
  EXPECT_TRUE(Find().empty());
}

TEST_F(WitnessedLinks, NotWhatCameOtherwiseThanWhole) {
  const store::MeasurementRow good = row_;
  row_.asked.replies[0].fit = judge::Fit::kOtherSource;
  EXPECT_TRUE(Find().empty());
  row_ = good;
  row_.original_sizes = {5000};
  EXPECT_TRUE(Find().empty());
  row_ = good;
  row_.messages[0].pop_back();
  EXPECT_TRUE(Find().empty());
  row_ = Measured("www.example.", {{.addresses = {}, .flags = 0x0280}});
  row_.asked.server_kind = judge::ServerKind::kRecursive;
  EXPECT_TRUE(Find().empty()) << "truncated";
}

TEST_F(WitnessedLinks, KeysOfZones) {
  row_.asked.role = judge::QuestionRole::kProof;
  row_.asked.qtype = dns::kTypeDs;
  // Its bytes still ask for an address.
  EXPECT_TRUE(Find().empty());
  std::string& message = row_.messages[0];
  message = Response("www.example.", {.addresses = {}});
  message[message.size() - 3] = static_cast<char>(dns::kTypeDs);
  const auto links = Find();
  ASSERT_EQ(links.size(), 1u);
  EXPECT_FALSE(links[0].is_answer);
}

}  // namespace
}  // namespace taster::control
