// SPDX-License-Identifier: Apache-2.0
// What is written comes back as it was, whatever it is.
#include <gtest/gtest.h>

#include "collector/exchange/ooni_reader.h"
#include "collector/exchange/ooni_writer.h"
#include "collector/exchange/taster_measurement.h"
#include "collector/exchange/taster_reader.h"
#include "tests/unit/collector/exchange/exchange_text.h"
#include "tests/unit/collector/exchange/random_record.h"

namespace taster::exchange {
namespace {

constexpr int kRounds = 400;

void ExpectSame(const std::vector<Record>& wanted, const ReadText& read) {
  for (const BadInput& bad : read.bad) ADD_FAILURE() << bad.what;
  ASSERT_EQ(wanted.size(), read.records.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    ASSERT_EQ(Describe(wanted[i]), Describe(read.records[i]));
  }
}

class OoniRoundTrip : public testing::TestWithParam<Bytes> {};

TEST_P(OoniRoundTrip, LosesNothing) {
  std::mt19937 random(1);
  for (int round = 0; round < kRounds && !HasFailure(); ++round) {
    const std::vector<Record> records = RandomSet(GetParam(), &random);
    std::vector<JudgedRecord> judged;
    for (const Record& record : records) judged.push_back({&record, nullptr});
    const auto line = OoniLine(judged);
    ASSERT_TRUE(line.ok()) << line.status();
    ASSERT_EQ(std::string::npos, line->find('\n'));
    ExpectSame(records, Read(ReadOoni, *line));
  }
}

INSTANTIATE_TEST_SUITE_P(Bytes, OoniRoundTrip,
                         testing::Values(Bytes::kKnown, Bytes::kUnknown),
                         [](const auto& parameter) {
                           return parameter.param == Bytes::kKnown ? "Known"
                                                                   : "Unknown";
                         });

TEST(TasterRoundTrip, LosesNothing) {
  std::mt19937 random(2);
  for (int round = 0; round < kRounds && !HasFailure(); ++round) {
    std::vector<Record> records = RandomSet(Bytes::kKnown, &random);
    std::string text;
    std::uint32_t ordinal = 0;
    for (Record& record : records) {
      // The format has no ordinals: it has an order.
      record.asked.ordinal = record.set.empty() ? 0 : ordinal++;
      const auto line = EvidenceOf(record);
      ASSERT_TRUE(line.has_value());
      text += ToText(*line) + '\n';
    }
    ExpectSame(records, Read(ReadTaster, text));
  }
}

TEST(TasterRoundTrip, EvidenceNeedsBytes) {
  std::mt19937 random(3);
  for (const Record& record : RandomSet(Bytes::kUnknown, &random)) {
    EXPECT_FALSE(EvidenceOf(record).has_value());
  }
}

// A check of an address, all of whose facts are told.
Record Check() {
  std::mt19937 random(4);
  Record record = RandomSet(Bytes::kKnown, &random).front();
  record.messages.clear();
  judge::Asked& asked = record.asked;
  asked.replies.clear();
  asked.ordinal = 0;
  asked.role = judge::QuestionRole::kCheck;
  asked.server = net::Endpoint::Parse("192.0.2.7:443", 0);
  asked.server_kind = judge::ServerKind::kHost;
  asked.transport = judge::Transport::kHttps;
  asked.server_name = *dns::Name::Parse("www.example.com");
  asked.outcome = judge::Outcome::kServed;
  asked.service = {
      .connected = true, .http_status = 302, .redirect_host = "skype.example"};
  return record;
}

TEST(OoniChecks, ComeBackFromHandshakes) {
  const Record check = Check();
  const JudgedRecord judged[] = {{&check, nullptr}};
  const auto line = OoniLine(judged);
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_NE(line->find("\"queries\":[]"), std::string::npos);
  EXPECT_NE(line->find("\"server_name\":\"www.example.com\""),
            std::string::npos);
  ExpectSame({check}, Read(ReadOoni, *line));
}

TEST(TasterChecks, ComeBack) {
  const Record check = Check();
  const auto line = EvidenceOf(check);
  ASSERT_TRUE(line.has_value());
  ExpectSame({check}, Read(ReadTaster, ToText(*line) + '\n'));
}

TEST(OoniWriter, RefusesWhatIsNoSet) {
  Record probe;
  Record control;
  control.role = Role::kControl;
  const JudgedRecord both[] = {{&probe, nullptr}, {&control, nullptr}};
  EXPECT_FALSE(OoniLine(both).ok());
  EXPECT_FALSE(OoniLine({}).ok());
}

}  // namespace
}  // namespace taster::exchange
