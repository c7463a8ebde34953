// SPDX-License-Identifier: Apache-2.0
#include "collector/control/control_answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "tests/unit/collector/control/sample_message.h"

namespace taster::control {
namespace {

using std::chrono::hours;
using Kind = ControlAnswer::Kind;

TEST(ControlAnswers, SayWhatWasAnswered) {
  judge::Reference reference;
  reference.forged[*net::IpAddress::Parse("31.13.94.37")] = {{.pool = "p"}};
  reference.origin_as = judge::PrefixTable::Build(
      {{*net::IpPrefix::Parse("31.13.64.0/18"), 32934}});
  store::JudgedBatch batch;
  batch.receive_time = store::Time(hours(24 * 20'000));
  batch.measurements = {
      Measured("a.example.", {{.addresses = {"31.13.94.37"}}}),
      Measured("b.example.", {{.addresses = {"0.0.0.0"}}}),
      Measured("c.example.", {{.addresses = {"127.0.0.1"}}}),
      Measured("d.example.", {{.addresses = {}, .rcode = 3}}),
      Measured("e.example.", {{.addresses = {}, .rcode = 2}}),
      Measured("f.example.", {{.addresses = {}}}),
      Measured("f.example.", {}),
  };
  const auto answers = FindAnswers(batch, reference);
  ASSERT_EQ(answers.size(), 6u);
  const Kind kinds[] = {Kind::kAddresses, Kind::kWithheld, Kind::kWithheld,
                        Kind::kNxdomain,  Kind::kFailed,   Kind::kNodata};
  for (std::size_t i = 0; i < answers.size(); ++i) {
    EXPECT_EQ(answers[i].kind, kinds[i]) << answers[i].name.qname;
  }
  EXPECT_TRUE(answers[0].of_pool);
  EXPECT_THAT(answers[0].owners, testing::ElementsAre(32934u));
}

// A content network may well answer others otherwise.
TEST(ControlAnswers, OnBehalfOfOthersAreLeftOut) {
  store::JudgedBatch batch;
  batch.measurements = {Measured("a.example.", {{.addresses = {"192.0.2.1"}}})};
  // One more record: an OPT with the network 192.0.2.0/24 (RFC 7871).
  std::string& query = batch.measurements.front().query;
  query[11] = 1;
  query += std::string("\0\0\x29\x04\xd0\0\0\0\0\0\x0b", 11) +
           std::string("\0\x08\0\x07\0\x01\x18\0\xc0\0\x02", 11);
  EXPECT_TRUE(FindAnswers(batch, {}).empty());
}

}  // namespace
}  // namespace taster::control
