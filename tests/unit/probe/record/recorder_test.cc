// SPDX-License-Identifier: Apache-2.0
// What the engine said is what the batch says, set by set.
#include "probe/record/recorder.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/unit/probe/spool/spool_cases.h"

namespace taster::record {
namespace {

using capture::Outcome;

class RecorderTest : public ::testing::Test {
 protected:
  RecorderTest() : spool_(spool::MustOpen(Options())) { Make({}); }

  spool::SpoolOptions Options() const {
    auto options = spool::OptionsIn(scratch_);
    options.max_bytes = 16 << 20;
    return options;
  }
  void Make(std::vector<net::IpAddress> own) {
    recorder_ = std::make_unique<Recorder>(
        spool_.get(), RecorderOptions{.software = "taster-probe/test",
                                      .target_list = "local",
                                      .own_addresses = std::move(own)});
  }
  capture::Question QuestionOf(std::uint32_t set) {
    capture::Question question;
    question.set = set;
    question.qname = dns::Name::Parse("www.example").value();
    question.server = net::Endpoint::Parse("192.0.2.53", 53).value();
    return question;
  }
  // Asks and closes one question with `replies` replies.
  void Whole(std::uint32_t set, int replies = 1, std::size_t bytes = 100) {
    const auto token = recorder_->Expect(QuestionOf(set));
    Sent(token);
    for (int i = 0; i < replies; ++i) Reply(token, std::string(bytes, 'r'));
    recorder_->OnClosed(token, Outcome::kResponse, 0);
  }
  void Sent(capture::Token token) {
    const std::string query(40, 'q');
    recorder_->OnSent(token,
                      {.query = Bytes(query),
                       .source_port = 4711,
                       .time = std::chrono::sys_time<std::chrono::microseconds>(
                           std::chrono::microseconds(1'795'000'000'123'456))});
  }
  void Reply(capture::Token token, const std::string& message,
             std::uint16_t port = 53) {
    auto source = net::Endpoint::Parse("192.0.2.53", 53).value();
    source.port = port;
    recorder_->OnArrived(
        token, {.message = Bytes(message),
                .original_size = static_cast<std::uint32_t>(message.size()),
                .offset = std::chrono::microseconds(20'500),
                .source = source,
                .ip_ttl = 47,
                .dont_fragment = true,
                .ip_id_zero = {},
                .matches = true});
  }
  static std::span<const std::uint8_t> Bytes(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
  }
  std::vector<v1::Batch> Recorded() {
    std::vector<v1::Batch> batches;
    while (true) {
      const auto oldest = spool_->Oldest();
      if (!oldest.ok() || !oldest->has_value()) return batches;
      v1::Batch batch;
      EXPECT_TRUE(batch.ParseFromString((*oldest)->payload));
      EXPECT_LE((*oldest)->payload.size(), kMaxBatchBytes);
      EXPECT_EQ(batch.measurements_size(),
                static_cast<int>((*oldest)->measurements));
      EXPECT_TRUE(spool_->Deliver((*oldest)->id, {}).ok());
      batches.push_back(std::move(batch));
    }
  }

  ScratchDirectory scratch_;
  std::unique_ptr<spool::Spool> spool_;
  std::unique_ptr<Recorder> recorder_;
};

TEST_F(RecorderTest, EveryFieldIsWrittenDown) {
  auto question = QuestionOf(3);
  question.role = capture::QuestionRole::kControlName;
  question.server_kind = capture::ServerKind::kCanary;
  question.ip_ttl = 9;
  const auto token = recorder_->Expect(question);
  Sent(token);
  Reply(token, "not a message");
  recorder_->OnIcmp(token, {.offender = question.server.address,
                            .type = 3,
                            .code = 1,
                            .v6 = false,
                            .offset = std::chrono::microseconds(-5)});
  recorder_->OnClosed(token, Outcome::kResponse, 12);
  recorder_->EndSet(3);
  ASSERT_TRUE(recorder_->Flush().ok());
  const auto batches = Recorded();
  ASSERT_EQ(batches.size(), 1u);
  EXPECT_EQ(batches[0].software(), "taster-probe/test");
  EXPECT_EQ(batches[0].batch_id().size(), 16u);
  const auto& seen = batches[0].measurements(0);
  EXPECT_EQ(seen.set(), 0u);
  EXPECT_EQ(seen.question_role(), v1::QUESTION_ROLE_CONTROL_NAME);
  EXPECT_EQ(seen.server_kind(), v1::SERVER_KIND_CANARY);
  EXPECT_EQ(seen.transport(), v1::TRANSPORT_UDP);
  EXPECT_EQ(seen.query(), std::string(40, 'q'));
  EXPECT_EQ(seen.query_time().seconds(), 1'795'000'000);
  EXPECT_EQ(seen.query_time().nanos(), 123'456'000);
  EXPECT_EQ(seen.window().seconds(), 5);
  EXPECT_EQ(seen.source_port(), 4711u);
  EXPECT_EQ(seen.query_ip_ttl(), 9u);
  EXPECT_EQ(seen.outcome(), v1::OUTCOME_RESPONSE);
  EXPECT_EQ(seen.uncounted_responses(), 12u);
  EXPECT_EQ(seen.responses(0).message(), "not a message");
  EXPECT_EQ(seen.responses(0).arrival_offset().nanos(), 20'500'000);
  EXPECT_EQ(seen.responses(0).ip_ttl(), 47u);
  EXPECT_TRUE(seen.responses(0).dont_fragment());
  EXPECT_FALSE(seen.responses(0).has_ip_id_zero());
  EXPECT_FALSE(seen.responses(0).has_original_size());
  EXPECT_EQ(seen.icmp_errors(0).type(), 3u);
  EXPECT_EQ(seen.icmp_errors(0).arrival_offset().seconds(), 0);
  EXPECT_EQ(recorder_->counts().recorded, 1u);
}

TEST_F(RecorderTest, SetsNeverSpanBatchesAndNothingIsLost) {
  std::size_t expected = 0;
  for (std::uint32_t set = 0; set < 60; ++set) {
    for (std::uint32_t i = 0; i < 17 + set % 5; ++i) {
      Whole(set);
      ++expected;
    }
    recorder_->EndSet(set);
  }
  ASSERT_TRUE(recorder_->Flush().ok());
  std::size_t seen = 0;
  std::size_t sets = 0;
  for (const auto& batch : Recorded()) {
    EXPECT_LE(batch.measurements_size(), 512);
    seen += static_cast<std::size_t>(batch.measurements_size());
    std::set<std::uint32_t> numbers;
    for (const auto& one : batch.measurements()) numbers.insert(one.set());
    EXPECT_EQ(*numbers.rbegin(), numbers.size() - 1);
    sets += numbers.size();
  }
  EXPECT_EQ(seen, expected);
  EXPECT_EQ(sets, 60u);
}

TEST_F(RecorderTest, FloodedSetStillFitsOneBatch) {
  for (int i = 0; i < 40; ++i) Whole(1, 8, 4096);
  recorder_->EndSet(1);
  ASSERT_TRUE(recorder_->Flush().ok());
  const auto batches = Recorded();
  ASSERT_EQ(batches.size(), 1u);
  EXPECT_EQ(batches[0].measurements_size(), 40);
  EXPECT_GT(recorder_->counts().trimmed, 0u);
}

TEST_F(RecorderTest, BatchClosesWhenItIsOld) {
  Whole(0);
  recorder_->EndSet(0);
  const auto now = std::chrono::steady_clock::now();
  ASSERT_TRUE(recorder_->Tick(now).ok());
  EXPECT_EQ(recorder_->counts().recorded, 0u);
  ASSERT_TRUE(recorder_->Tick(now + std::chrono::seconds(11)).ok());
  EXPECT_EQ(recorder_->counts().recorded, 1u);
}

TEST_F(RecorderTest, OpenSetWaitsForItsLastQuestion) {
  Whole(0);
  const auto token = recorder_->Expect(QuestionOf(0));
  recorder_->EndSet(0);
  Sent(token);
  const auto later = std::chrono::steady_clock::now() + std::chrono::hours(1);
  ASSERT_TRUE(recorder_->Tick(later).ok());
  EXPECT_EQ(spool_->Status()->waiting_batches, 0u);
  recorder_->OnClosed(token, Outcome::kTimeout, 0);
  ASSERT_TRUE(recorder_->Flush().ok());
  EXPECT_EQ(Recorded().at(0).measurements_size(), 2);
}

TEST_F(RecorderTest, UnsentIsAMeasurementCancelledBeforeIsNone) {
  const auto failed = recorder_->Expect(QuestionOf(0));
  recorder_->OnClosed(failed, Outcome::kSendFailed, 0);
  const auto cancelled = recorder_->Expect(QuestionOf(0));
  recorder_->OnClosed(cancelled, Outcome::kCancelled, 0);
  const auto open = recorder_->Expect(QuestionOf(0));
  Sent(open);
  recorder_->OnClosed(open, Outcome::kCancelled, 0);
  ASSERT_TRUE(recorder_->Flush().ok());
  const auto batch = Recorded().at(0);
  ASSERT_EQ(batch.measurements_size(), 2);
  EXPECT_EQ(batch.measurements(0).outcome(), v1::OUTCOME_SEND_FAILED);
  EXPECT_GT(batch.measurements(0).query().size(), 12u);
  EXPECT_TRUE(batch.measurements(0).has_query_time());
  EXPECT_EQ(batch.measurements(1).outcome(), v1::OUTCOME_CANCELLED);
  EXPECT_EQ(recorder_->counts().never_sent, 1u);
}

TEST_F(RecorderTest, WithdrawnQuestionLeavesNoGap) {
  const auto token = recorder_->Expect(QuestionOf(0));
  recorder_->Withdraw(token);
  recorder_->OnClosed(token, Outcome::kResponse, 0);
  Whole(0);
  recorder_->EndSet(0);
  ASSERT_TRUE(recorder_->Flush().ok());
  EXPECT_EQ(Recorded().at(0).measurements_size(), 1);
}

TEST_F(RecorderTest, SourcePortZeroIsCountedNotKept) {
  const auto token = recorder_->Expect(QuestionOf(0));
  Sent(token);
  Reply(token, "spoofed", 0);
  recorder_->OnClosed(token, Outcome::kTimeout, 2);
  ASSERT_TRUE(recorder_->Flush().ok());
  const auto batch = Recorded().at(0);
  EXPECT_EQ(batch.measurements(0).responses_size(), 0);
  EXPECT_EQ(batch.measurements(0).uncounted_responses(), 3u);
}

TEST_F(RecorderTest, OwnAddressIsMaskedBeforeItIsSerialised) {
  Make({net::IpAddress::Parse("93.184.216.34").value()});
  const auto token = recorder_->Expect(QuestionOf(0));
  Sent(token);
  Reply(token, std::string(20, 'h') + "\x5d\xb8\xd8\x22" + "tail");
  recorder_->OnClosed(token, Outcome::kResponse, 0);
  ASSERT_TRUE(recorder_->Flush().ok());
  const auto batch = Recorded().at(0);
  EXPECT_EQ(batch.SerializeAsString().find("\x5d\xb8\xd8\x22"),
            std::string::npos);
  ASSERT_EQ(batch.measurements(0).redactions_size(), 1);
  EXPECT_EQ(batch.measurements(0).redactions(0).offset(), 20u);
  EXPECT_EQ(batch.measurements(0).redactions(0).length(), 4u);
}

TEST_F(RecorderTest, OwnAddressIsNoOffender) {
  Make({*net::IpAddress::Parse("203.0.113.7")});
  const auto token = recorder_->Expect(QuestionOf(0));
  Sent(token);
  for (const auto* offender : {"203.0.113.7", "198.51.100.1"}) {
    recorder_->OnIcmp(token, {.offender = *net::IpAddress::Parse(offender),
                              .type = 3,
                              .code = 1,
                              .v6 = false,
                              .offset = {}});
  }
  recorder_->OnClosed(token, Outcome::kHostUnreachable, 0);
  recorder_->EndSet(0);
  ASSERT_TRUE(recorder_->Flush().ok());
  const auto batches = Recorded();
  ASSERT_EQ(batches.size(), 1u);
  ASSERT_EQ(batches[0].measurements(0).icmp_errors_size(), 1);
  EXPECT_EQ(batches[0].measurements(0).icmp_errors(0).offender(),
            std::string("\xc6\x33\x64\x01", 4));
}

TEST_F(RecorderTest, FullSpoolLosesNothingMeanwhile) {
  spool_.reset();
  auto options = Options();
  options.max_bytes = 1 << 20;
  spool_ = spool::MustOpen(options);
  Make({});
  absl::Status status;
  std::uint32_t set = 0;
  while (status.ok()) {
    for (int i = 0; i < 50; ++i) Whole(set, 4, 1000);
    recorder_->EndSet(set++);
    status = recorder_->Flush();
    ASSERT_LT(set, 50u);
  }
  EXPECT_TRUE(absl::IsResourceExhausted(status));
  EXPECT_GT(recorder_->counts().unrecorded, 0u);
  Recorded();
  ASSERT_TRUE(recorder_->Flush().ok());
  EXPECT_EQ(recorder_->counts().unrecorded, 0u);
  EXPECT_EQ(recorder_->counts().recorded, set * 50u);
}

}  // namespace
}  // namespace taster::record
