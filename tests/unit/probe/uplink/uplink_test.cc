// SPDX-License-Identifier: Apache-2.0
// Only the pinned key gets a batch, and only its signed receipt counts.
#include "probe/uplink/uplink.h"

#include <gtest/gtest.h>

#include "proto/envelope/receipt.h"
#include "tests/unit/probe/uplink/counting_relay.h"
#include "tests/unit/probe/uplink/test_collector.h"

namespace taster::uplink {
namespace {

constexpr std::size_t kPayloadBytes = 200'000;

v1::SubmitBatchRequest Request() {
  return envelope::SignRequest(
      envelope::SigningKey::FromSeed({1}),
      envelope::BatchId::Make(std::chrono::sys_days(std::chrono::days(20'000))),
      std::string(kPayloadBytes, 'p'));
}

std::unique_ptr<Uplink> MustOpen(const UplinkOptions& options) {
  auto uplink = Uplink::Open(options);
  EXPECT_TRUE(uplink.ok()) << uplink.status();
  return *std::move(uplink);
}

TEST(Uplink, PinnedKeyGetsTheBatchThoughItsCertificateExpired) {
  TestCollector collector;
  CountingRelay relay(collector.port());
  auto options = collector.Options();
  options.endpoint = "127.0.0.1:" + std::to_string(relay.port());
  options.server_name = "another.example";
  const auto receipt = MustOpen(options)->Submit(Request());
  ASSERT_TRUE(receipt.ok()) << receipt.status();
  EXPECT_EQ(receipt->status(), v1::RECEIPT_STATUS_STORED);
  EXPECT_GT(relay.client_bytes(), kPayloadBytes);
}

TEST(Uplink, AnotherKeyGetsNoByteOfTheBatch) {
  TestCollector collector;
  CountingRelay relay(collector.port());
  auto options = collector.Options();
  options.endpoint = "127.0.0.1:" + std::to_string(relay.port());
  options.pins = {envelope::Hash{1}, envelope::Hash{2}};
  auto uplink = MustOpen(options);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(uplink->Submit(Request()).status().code(),
              absl::StatusCode::kPermissionDenied);
  }
  EXPECT_EQ(collector.calls(), 0u);
  // Three times the start of a handshake.
  EXPECT_LT(relay.client_bytes(), 6000u);
  EXPECT_GT(relay.client_bytes(), 0u);
}

TEST(Uplink, AnyOfThePinsWillDo) {
  TestCollector collector;
  auto options = collector.Options();
  options.pins.insert(options.pins.begin(), envelope::Hash{1});
  EXPECT_TRUE(MustOpen(options)->Submit(Request()).ok());
}

TEST(Uplink, ForgedReceiptIsNoReceipt) {
  TestCollector collector;
  collector.Forge();
  EXPECT_EQ(MustOpen(collector.Options())->Submit(Request()).status().code(),
            absl::StatusCode::kPermissionDenied);
}

TEST(Uplink, ReceiptForAnotherPayloadIsNoReceipt) {
  TestCollector collector;
  collector.Set([](const auto&, v1::Receipt* receipt) {
    receipt->set_payload_hash(std::string(32, 'h'));
    return grpc::Status::OK;
  });
  EXPECT_EQ(MustOpen(collector.Options())->Submit(Request()).status().code(),
            absl::StatusCode::kPermissionDenied);
}

TEST(Uplink, CodesOfTheCollectorAreKept) {
  TestCollector collector;
  auto uplink = MustOpen(collector.Options());
  for (const auto code :
       {grpc::StatusCode::UNAUTHENTICATED, grpc::StatusCode::INVALID_ARGUMENT,
        grpc::StatusCode::RESOURCE_EXHAUSTED, grpc::StatusCode::UNAVAILABLE}) {
    collector.Set(
        [code](const auto&, v1::Receipt*) { return grpc::Status(code, "no"); });
    EXPECT_EQ(static_cast<int>(uplink->Submit(Request()).status().code()),
              static_cast<int>(code));
  }
}

TEST(Uplink, ComesBackAsSoonAsTheCollectorDoes) {
  auto collector = std::make_unique<TestCollector>();
  auto options = collector->Options();
  const int port = collector->port();
  auto uplink = MustOpen(options);
  ASSERT_TRUE(uplink->Submit(Request()).ok());
  collector.reset();
  EXPECT_EQ(uplink->Submit(Request()).status().code(),
            absl::StatusCode::kUnavailable);
  // Another key on the same port: pinned probes must notice.
  collector = std::make_unique<TestCollector>(port);
  EXPECT_EQ(uplink->Submit(Request()).status().code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(collector->calls(), 0u);
}

TEST(Uplink, SlowCollectorHitsTheDeadline) {
  TestCollector collector;
  collector.Set([](const auto&, v1::Receipt*) {
    std::this_thread::sleep_for(std::chrono::milliseconds(600));
    return grpc::Status::OK;
  });
  auto options = collector.Options();
  options.deadline = std::chrono::milliseconds(200);
  EXPECT_EQ(MustOpen(options)->Submit(Request()).status().code(),
            absl::StatusCode::kDeadlineExceeded);
}

TEST(Uplink, OptionsAreChecked) {
  TestCollector collector;
  auto options = collector.Options();
  options.pins = {};
  EXPECT_FALSE(Uplink::Open(options).ok());
  options = collector.Options();
  options.pins.resize(5);
  EXPECT_FALSE(Uplink::Open(options).ok());
  for (const auto* endpoint : {"", "host", "host:", ":8443"}) {
    options = collector.Options();
    options.endpoint = endpoint;
    EXPECT_FALSE(Uplink::Open(options).ok()) << endpoint;
  }
}

}  // namespace
}  // namespace taster::uplink
