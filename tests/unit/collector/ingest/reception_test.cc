// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/reception.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/collector/ingest/sample_batch.h"

namespace taster::ingest {
namespace {

class Reception : public testing::Test {
 protected:
  Received ReceiveAs(const v1::SubmitBatchRequest& request, Role role) {
    return Receive(request, {.id = 5, .role = role}, kNow, {},
                   {.shelf = shelf_, .book = book_});
  }
  Received ReceiveProbe(const v1::Batch& batch) {
    return ReceiveAs(SampleRequest(batch), Role::kProbe);
  }
  // The reason of a signed refusal; unspecified when it was not refused.
  static v1::RejectReason ReasonOf(const Received& received) {
    const auto* receipt = std::get_if<v1::Receipt>(&received);
    return receipt == nullptr ? v1::REJECT_REASON_UNSPECIFIED
                              : receipt->reason();
  }

  judge::Reference reference_;
  control::ControlBook book_{&reference_.origin_as};
  control::KnowledgeShelf shelf_{reference_};
};

TEST_F(Reception, ReadiesABatch) {
  const v1::Batch batch = SampleBatch(2);
  const Received received = ReceiveProbe(batch);
  const auto* ready = std::get_if<Ready>(&received);
  ASSERT_NE(ready, nullptr);
  EXPECT_EQ(ready->batch.vantage_id, 5);
  EXPECT_EQ(ready->batch.batch_id, IdOf(batch));
  EXPECT_EQ(ready->batch.measurements.size(), 2u);
  ASSERT_EQ(ready->batch.sets.size(), 1u);
  EXPECT_EQ(ready->batch.sets[0].qname, "example.com.");
  // Nobody asked the free Internet: never "clean", never "poisoned".
  EXPECT_EQ(ready->batch.sets[0].verdict.verdict, judge::Class::kInsufficient);
  EXPECT_TRUE(ready->batch.control.empty());
}

TEST_F(Reception, ControlProbesTeachAndAreNotJudged) {
  const Received received =
      ReceiveAs(SampleRequest(SampleBatch()), Role::kControl);
  const auto* ready = std::get_if<Ready>(&received);
  ASSERT_NE(ready, nullptr);
  EXPECT_TRUE(ready->batch.sets.empty());
  ASSERT_EQ(ready->batch.control.size(), 1u);
  EXPECT_EQ(ready->batch.control[0].qname, "example.com.");
  EXPECT_EQ(ready->batch.control[0].address->ToString(), "192.0.2.1");
}

// From hop 3 of a path of 5; asked often, so that loss explains nothing.
TEST_F(Reception, ReadsTheHopOutOfATrace) {
  v1::Batch batch = SampleBatch(0);
  for (std::uint32_t ttl = 1; ttl <= 8; ++ttl) {
    for (int i = 0; i < 16; ++i) {
      v1::Measurement step = SampleMeasurement();
      const bool is_control = i % 4 == 3;
      step.set_question_role(is_control ? v1::QUESTION_ROLE_TRACE_CONTROL_NAME
                                        : v1::QUESTION_ROLE_TRACE);
      step.set_query_ip_ttl(ttl);
      if (ttl < (is_control ? 5 : 3)) {
        step.clear_responses();
        step.set_outcome(v1::OUTCOME_TIMEOUT);
      } else {
        step.mutable_responses(0)->set_ip_ttl(is_control ? 60 : 62);
        step.mutable_responses(0)->set_dont_fragment(is_control);
      }
      *batch.add_measurements() = step;
    }
  }
  const Received received = ReceiveProbe(batch);
  const auto* ready = std::get_if<Ready>(&received);
  ASSERT_NE(ready, nullptr);
  EXPECT_TRUE(ready->batch.sets.empty());
  ASSERT_FALSE(ready->batch.traces.empty());
  const store::TraceRow& trace = ready->batch.traces.front();
  EXPECT_EQ(trace.qname, "example.com.");
  EXPECT_EQ(trace.steps, 128u);
  ASSERT_TRUE(trace.located);
  EXPECT_EQ(trace.located->hop.low, 3);
  EXPECT_EQ(trace.located->hop.high, 3);
}

TEST_F(Reception, RefusesWhatIsNoSubmission) {
  v1::SubmitBatchRequest request = SampleRequest(SampleBatch());
  request.set_batch_id("short");
  const Received short_id = ReceiveAs(request, Role::kProbe);
  EXPECT_EQ(std::get<absl::Status>(short_id).code(),
            absl::StatusCode::kInvalidArgument);

  request = SampleRequest(SampleBatch());
  request.clear_payload();
  const Received empty = ReceiveAs(request, Role::kProbe);
  EXPECT_EQ(std::get<absl::Status>(empty).code(),
            absl::StatusCode::kInvalidArgument);

  request = SampleRequest(SampleBatch());
  request.set_sealed("x");
  const Received sealed = ReceiveAs(request, Role::kProbe);
  EXPECT_EQ(std::get<absl::Status>(sealed).code(),
            absl::StatusCode::kUnimplemented);
}

TEST_F(Reception, RejectsForGoodWhatCanNeverBeStored) {
  v1::Batch batch = SampleBatch();
  const auto day = std::chrono::floor<std::chrono::days>(kNow);
  const auto on_day = [&batch](std::chrono::sys_days when) {
    const auto id = envelope::BatchId::Make(when);
    batch.set_batch_id(id.bytes.data(), id.bytes.size());
    return batch;
  };
  EXPECT_EQ(ReasonOf(ReceiveProbe(on_day(day - std::chrono::days(91)))),
            v1::REJECT_REASON_TOO_OLD);
  EXPECT_EQ(ReasonOf(ReceiveProbe(on_day(day + std::chrono::days(3)))),
            v1::REJECT_REASON_IN_FUTURE);
  EXPECT_EQ(ReasonOf(ReceiveProbe(on_day(day - std::chrono::days(90)))),
            v1::REJECT_REASON_UNSPECIFIED);

  EXPECT_EQ(ReasonOf(ReceiveProbe(SampleBatch(0))), v1::REJECT_REASON_SIZE);
  EXPECT_EQ(ReasonOf(ReceiveProbe(SampleBatch(513))), v1::REJECT_REASON_SIZE);

  v1::Batch big = SampleBatch();
  big.set_target_list(std::string(kMaxPayloadBytes, 'x'));
  EXPECT_EQ(ReasonOf(ReceiveProbe(big)), v1::REJECT_REASON_SIZE);
}

TEST_F(Reception, RejectsBytesThatAreNoBatch) {
  v1::SubmitBatchRequest request = SampleRequest(SampleBatch());
  request.set_plain("\xff\xff\xff");
  EXPECT_EQ(ReasonOf(ReceiveAs(request, Role::kProbe)),
            v1::REJECT_REASON_MALFORMED);

  // The same evidence replayed under another id.
  v1::Batch other = SampleBatch();
  request = SampleRequest(SampleBatch());
  request.set_batch_id(other.batch_id());
  EXPECT_EQ(ReasonOf(ReceiveAs(request, Role::kProbe)),
            v1::REJECT_REASON_MALFORMED);
}

TEST_F(Reception, TextFromTheWireIsMadePrintable) {
  v1::Batch batch = SampleBatch();
  batch.set_software(std::string("probe\0\x1b[31m<\xc3\xa9>", 15));
  const Received received = ReceiveProbe(batch);
  EXPECT_EQ(std::get<Ready>(received).batch.software, "probe\?\?[31m<\?\?>");
}

}  // namespace
}  // namespace taster::ingest
