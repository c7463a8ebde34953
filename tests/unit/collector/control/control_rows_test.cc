// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "collector/control/control_book.h"
#include "tests/unit/collector/control/sample_message.h"

namespace taster::control {
namespace {

using Kind = store::ControlRow::Kind;

std::vector<store::ControlRow> RowsOf(const std::vector<Reply>& replies) {
  return ControlRows(Measured("WWW.Example.", replies), 7);
}

TEST(ControlRows, AddressesBecomeOneRowEach) {
  const auto rows =
      RowsOf({{.addresses = {"198.51.101.2", "198.51.101.1", "198.51.101.2"}}});
  ASSERT_EQ(rows.size(), 2);
  EXPECT_EQ(rows[0].qname, "www.example.");
  EXPECT_EQ(rows[0].qtype, 1);
  EXPECT_EQ(rows[0].kind, Kind::kAddress);
  EXPECT_EQ(rows[0].address, net::IpAddress::Parse("198.51.101.1"));
  EXPECT_EQ(rows[1].address, net::IpAddress::Parse("198.51.101.2"));
  EXPECT_EQ(rows[0].vantage_id, 7);
}

TEST(ControlRows, EmptyAndNxdomainAreDifferentAnswers) {
  const auto nodata = RowsOf({{.addresses = {}}});
  ASSERT_EQ(nodata.size(), 1);
  EXPECT_EQ(nodata[0].kind, Kind::kNodata);
  EXPECT_EQ(nodata[0].address, std::nullopt);
  const auto nxdomain = RowsOf({{.addresses = {}, .rcode = 3}});
  ASSERT_EQ(nxdomain.size(), 1);
  EXPECT_EQ(nxdomain[0].kind, Kind::kNxdomain);
}

TEST(ControlRows, FailureTeachesNothing) {
  EXPECT_TRUE(RowsOf({}).empty());
  EXPECT_TRUE(RowsOf({{.addresses = {}, .rcode = 2}}).empty());
  EXPECT_TRUE(RowsOf({{.addresses = {}, .rcode = 5}}).empty());
  const Reply cut{.addresses = {"198.51.101.1"}, .flags = 0x0280};
  EXPECT_TRUE(RowsOf({cut}).empty());
}

TEST(ControlRows, ARetransmissionIsOneAnswer) {
  const Reply reply{.addresses = {"198.51.101.1", "198.51.101.2"}};
  const Reply turned{.addresses = {"198.51.101.2", "198.51.101.1"}};
  EXPECT_EQ(RowsOf({reply, turned}).size(), 2);
}

TEST(ControlRows, RepliesThatContradictEachOtherTeachNothing) {
  const Reply one{.addresses = {"198.51.101.1"}};
  EXPECT_TRUE(RowsOf({one, {.addresses = {"198.51.101.2"}}}).empty());
  EXPECT_TRUE(RowsOf({one, {.addresses = {}}}).empty());
  EXPECT_TRUE(RowsOf({one, {.addresses = {}, .rcode = 3}}).empty());
}

TEST(ControlRows, WhatDoesNotFitTheQueryIsLeftOut) {
  store::MeasurementRow row = Measured(
      "www.example.",
      {{.addresses = {"198.51.101.1"}}, {.addresses = {"198.51.101.2"}}});
  row.asked.replies[1].fit = judge::Fit::kOtherSource;
  EXPECT_EQ(ControlRows(row, 7).size(), 1);
}

TEST(ControlRows, WhatACanaryAnswersIsForged) {
  store::MeasurementRow row =
      Measured("www.example.", {{.addresses = {"198.51.101.1"}}});
  row.asked.server_kind = judge::ServerKind::kCanary;
  EXPECT_TRUE(ControlRows(row, 7).empty());
}

TEST(ControlRows, KeysOfZonesSayNothingOfNames) {
  // DS of a name that is no zone: NODATA, which the name itself need not be.
  store::MeasurementRow row = Measured("www.example.", {{.addresses = {}}});
  EXPECT_EQ(ControlRows(row, 7).size(), 1);
  row.asked.role = judge::QuestionRole::kProof;
  EXPECT_TRUE(ControlRows(row, 7).empty());
}

}  // namespace
}  // namespace taster::control
