// SPDX-License-Identifier: Apache-2.0
// The spool forgets exactly what a valid receipt covers.
#include "probe/uplink/sender.h"

#include <gtest/gtest.h>

#include "taster/v1/measurement.pb.h"
#include "tests/unit/probe/spool/spool_cases.h"
#include "tests/unit/probe/uplink/test_collector.h"

namespace taster::uplink {
namespace {

constexpr BackoffLimits kQuick{std::chrono::milliseconds(1),
                               std::chrono::milliseconds(4)};

class SenderTest : public ::testing::Test {
 protected:
  SenderTest() : spool_(spool::MustOpen(spool::OptionsIn(scratch_))) {
    v1::Batch batch;
    batch.add_measurements()->set_query("first");
    batch.add_measurements()->set_query("second");
    auto spooled = spool::MakeBatch(batch.SerializeAsString());
    spooled.measurements = 2;
    EXPECT_TRUE(spool_->Record(spooled).ok());
    uplink_ = *Uplink::Open(collector_.Options());
  }

  Attempt Send() {
    const auto attempt = sender_().SendOldest();
    EXPECT_TRUE(attempt.ok()) << attempt.status();
    return *attempt;
  }
  spool::SpoolStatus Status() { return spool_->Status().value(); }
  Sender& sender_() {
    if (!made_) {
      made_ =
          std::make_unique<Sender>(spool_.get(), uplink_.get(),
                                   envelope::SigningKey::FromSeed({1}), kQuick);
    }
    return *made_;
  }

  ScratchDirectory scratch_;
  TestCollector collector_;
  std::unique_ptr<spool::Spool> spool_;
  std::unique_ptr<Uplink> uplink_;
  std::unique_ptr<Sender> made_;
};

TEST_F(SenderTest, StoredIsDelivered) {
  EXPECT_TRUE(sender_().HasWork());
  EXPECT_EQ(Send().progress, Progress::kDelivered);
  EXPECT_EQ(Status().delivered_measurements, 2u);
  EXPECT_EQ(Send().progress, Progress::kIdle);
  EXPECT_FALSE(sender_().HasWork());
}

TEST_F(SenderTest, DuplicateIsDelivered) {
  collector_.Set([](const auto&, v1::Receipt* receipt) {
    receipt->set_status(v1::RECEIPT_STATUS_DUPLICATE);
    return grpc::Status::OK;
  });
  EXPECT_EQ(Send().progress, Progress::kDelivered);
  EXPECT_EQ(Status().waiting_batches, 0u);
}

TEST_F(SenderTest, RejectedGoesToQuarantine) {
  collector_.Set([](const auto&, v1::Receipt* receipt) {
    receipt->set_status(v1::RECEIPT_STATUS_REJECTED);
    receipt->set_reason(v1::REJECT_REASON_TOO_OLD);
    return grpc::Status::OK;
  });
  EXPECT_EQ(Send().progress, Progress::kQuarantined);
  EXPECT_EQ(Status().quarantined_batches, 1u);
  EXPECT_EQ(Status().delivered_measurements, 0u);
}

TEST_F(SenderTest, UnknownStatusKeepsTheBatch) {
  collector_.Set([](const auto&, v1::Receipt* receipt) {
    receipt->set_status(static_cast<v1::ReceiptStatus>(17));
    return grpc::Status::OK;
  });
  EXPECT_EQ(Send().progress, Progress::kFailed);
  EXPECT_EQ(Status().waiting_batches, 1u);
}

TEST_F(SenderTest, RefusedMeasurementsAreCountedAndKept) {
  collector_.Set([](const auto&, v1::Receipt* receipt) {
    auto* refused = receipt->add_refused();
    refused->set_ordinal(1);
    refused->set_reason(v1::REFUSE_REASON_BAD_QUERY);
    refused->set_field("query");
    return grpc::Status::OK;
  });
  EXPECT_EQ(Send().refused, 1u);
  EXPECT_EQ(Status().refused_measurements, 1u);
  EXPECT_EQ(Status().delivered_measurements, 1u);
}

TEST_F(SenderTest, ForgedReceiptKeepsTheBatch) {
  collector_.Forge();
  const auto attempt = Send();
  EXPECT_EQ(attempt.progress, Progress::kFailed);
  EXPECT_EQ(attempt.failure.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Status().waiting_batches, 1u);
}

TEST_F(SenderTest, FailuresWaitAndRememberIt) {
  collector_.Set([](const auto&, v1::Receipt*) {
    return grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "busy");
  });
  for (int i = 0; i < 10; ++i) {
    const auto attempt = Send();
    EXPECT_EQ(attempt.progress, Progress::kFailed);
    EXPECT_GE(attempt.wait, kQuick.least);
    EXPECT_LE(attempt.wait, kQuick.most);
  }
  EXPECT_TRUE(Status().next_attempt_time.has_value());
  collector_.Set(nullptr);
  EXPECT_EQ(Send().progress, Progress::kDelivered);
  EXPECT_FALSE(Status().next_attempt_time.has_value());
}

TEST_F(SenderTest, CollectorsWishIsObeyed) {
  collector_.Set([](const auto&, v1::Receipt* receipt) {
    receipt->mutable_retry_after()->set_seconds(90);
    return grpc::Status::OK;
  });
  EXPECT_EQ(Send().wait, std::chrono::seconds(90));
  EXPECT_TRUE(Status().next_attempt_time.has_value());
}

TEST_F(SenderTest, NoBatchStepsAsideAfterThreeTries) {
  collector_.Set([](const auto&, v1::Receipt*) {
    return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "not a batch");
  });
  EXPECT_EQ(Send().progress, Progress::kFailed);
  EXPECT_EQ(Send().progress, Progress::kFailed);
  EXPECT_EQ(Send().progress, Progress::kQuarantined);
  EXPECT_EQ(Status().quarantined_batches, 1u);
}

TEST(Backoff, DrawsFromAGrowingRange) {
  Backoff backoff({}, 3);
  std::chrono::milliseconds longest{0};
  for (int i = 1; i <= 40; ++i) {
    const auto wait = backoff.Next();
    EXPECT_GE(wait, std::chrono::seconds(1));
    EXPECT_LE(wait, std::min<std::chrono::milliseconds>(
                        std::chrono::hours(1),
                        std::chrono::seconds(1) * (1 << std::min(i, 20))));
    longest = std::max(longest, wait);
  }
  EXPECT_GT(longest, std::chrono::minutes(20));
  backoff.Reset();
  EXPECT_LE(backoff.Next(), std::chrono::seconds(2));
}

}  // namespace
}  // namespace taster::uplink
