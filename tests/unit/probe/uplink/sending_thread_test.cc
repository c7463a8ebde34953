// SPDX-License-Identifier: Apache-2.0
// Sending goes on beside recording, through a collector that comes and goes.
#include "probe/uplink/sending_thread.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/unit/probe/spool/spool_cases.h"
#include "tests/unit/probe/uplink/test_collector.h"

namespace taster::uplink {
namespace {

constexpr BackoffLimits kQuick{std::chrono::milliseconds(1),
                               std::chrono::milliseconds(4)};

bool WaitUntilEmpty(spool::Spool* spool) {
  for (int i = 0; i < 1000; ++i) {
    if (spool->Status()->waiting_batches == 0) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

TEST(SendingThread, EverythingArrivesOnceInEffect) {
  const ScratchDirectory scratch;
  TestCollector collector;
  std::set<std::string> stored;
  int call = 0;
  collector.Set(
      [&](const v1::SubmitBatchRequest& request, v1::Receipt* receipt) {
        if (++call % 3 == 0) {
          return grpc::Status(grpc::StatusCode::UNAVAILABLE, "restarting");
        }
        if (!stored.insert(request.batch_id()).second) {
          receipt->set_status(v1::RECEIPT_STATUS_DUPLICATE);
        }
        if (call % 3 == 1) {
          // Committed, and the receipt is lost on its way.
          return grpc::Status(grpc::StatusCode::UNAVAILABLE, "lost");
        }
        return grpc::Status::OK;
      });
  auto spool = spool::MustOpen(spool::OptionsIn(scratch));
  auto uplink = *Uplink::Open(collector.Options());
  Sender sender(spool.get(), uplink.get(), envelope::SigningKey::FromSeed({1}),
                kQuick);
  std::atomic<int> failures{0};
  SendingThread thread(&sender, {.on_attempt = [&](const Attempt& attempt) {
    if (attempt.progress == Progress::kFailed) ++failures;
  }});
  std::set<std::string> recorded;
  for (int i = 0; i < 30; ++i) {
    const auto batch = spool::MakeBatch("batch " + std::to_string(i));
    ASSERT_TRUE(spool->Record(batch).ok());
    recorded.insert(std::string(batch.id.bytes.begin(), batch.id.bytes.end()));
  }
  ASSERT_TRUE(WaitUntilEmpty(spool.get()));
  EXPECT_TRUE(thread.status().ok());
  EXPECT_GT(failures, 10);
  collector.Set(nullptr);
  EXPECT_EQ(stored, recorded);
}

TEST(SendingThread, VolunteersDataIsHeldBack) {
  const ScratchDirectory scratch;
  TestCollector collector;
  auto spool = spool::MustOpen(spool::OptionsIn(scratch));
  auto uplink = *Uplink::Open(collector.Options());
  Sender sender(spool.get(), uplink.get(), envelope::SigningKey::FromSeed({1}),
                kQuick);
  ASSERT_TRUE(spool->Record(spool::MakeBatch("held")).ok());
  const SendingThread thread(&sender,
                             {.hold_least = std::chrono::milliseconds(400),
                              .hold_most = std::chrono::milliseconds(500)});
  std::this_thread::sleep_for(std::chrono::milliseconds(250));
  EXPECT_EQ(collector.calls(), 0u);
  EXPECT_TRUE(WaitUntilEmpty(spool.get()));
}

TEST(SendingThread, EndsAtOnceWhileItWaits) {
  const ScratchDirectory scratch;
  TestCollector collector;
  auto spool = spool::MustOpen(spool::OptionsIn(scratch));
  auto uplink = *Uplink::Open(collector.Options());
  Sender sender(spool.get(), uplink.get(), envelope::SigningKey::FromSeed({1}),
                kQuick);
  const auto start = std::chrono::steady_clock::now();
  {
    const SendingThread thread(&sender, {.first_wait = std::chrono::hours(1)});
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
}

}  // namespace
}  // namespace taster::uplink
