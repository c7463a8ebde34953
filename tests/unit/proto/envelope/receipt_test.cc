// SPDX-License-Identifier: Apache-2.0
#include "proto/envelope/receipt.h"

#include <gtest/gtest.h>

#include <functional>

namespace taster::envelope {
namespace {

using std::chrono::sys_days;

class Receipt : public ::testing::Test {
 protected:
  Receipt() { Initialise(); }

  v1::SubmitBatchRequest Request(std::string payload = "payload") const {
    return SignRequest(vantage_, id_, std::move(payload));
  }

  // An honest collector's receipt for `request`.
  v1::Receipt For(const v1::SubmitBatchRequest& request) const {
    v1::Receipt receipt;
    receipt.set_vantage_key(request.vantage_key());
    receipt.set_batch_id(request.batch_id());
    const Hash hash = HashOf(PayloadOf(request));
    receipt.set_payload_hash(std::string(hash.begin(), hash.end()));
    receipt.set_status(v1::RECEIPT_STATUS_STORED);
    return receipt;
  }

  absl::StatusCode CodeOf(const v1::SubmitBatchRequest& request,
                          const v1::SubmitBatchResponse& response) const {
    return VerifyReceipt(collector_.public_key(), request, response)
        .status()
        .code();
  }

  const BatchId id_ = BatchId::Make(sys_days());
  const SigningKey vantage_ = SigningKey::FromSeed(RandomSecret());
  const SigningKey collector_ = SigningKey::FromSeed(RandomSecret());
};

TEST_F(Receipt, SignedRequestVerifies) {
  const auto request = Request();
  EXPECT_EQ(request.plain(), "payload");
  EXPECT_EQ(request.batch_id().size(), 16u);
  EXPECT_EQ(request.vantage_key().size(), 32u);
  EXPECT_EQ(request.signature().size(), 64u);
  EXPECT_TRUE(VerifyRequest(request).ok());
  EXPECT_TRUE(VerifyRequest(Request("")).ok());
}

// What the signature covers, spelled out.
TEST_F(Receipt, RequestSignatureCoversContextAndHash) {
  const auto request = Request();
  const Hash hash = HashOf(std::string_view("payload"));
  const auto expected = vantage_.Sign("taster batch v1\n", hash);
  EXPECT_EQ(request.signature(), std::string(expected.begin(), expected.end()));
}

TEST_F(Receipt, PayloadIsPlainOrSealed) {
  auto request = Request();
  EXPECT_EQ(PayloadOf(request), "payload");
  // The signature covers the bytes, whichever they are.
  request.set_sealed("payload");
  EXPECT_EQ(PayloadOf(request), "payload");
  EXPECT_TRUE(VerifyRequest(request).ok());
  request.clear_payload();
  EXPECT_EQ(PayloadOf(request), "");
}

TEST_F(Receipt, TamperedRequestIsUnauthenticated) {
  const std::function<void(v1::SubmitBatchRequest*)> tampers[] = {
      [](auto* request) { request->mutable_plain()->append("x"); },
      [](auto* request) { request->set_sealed("other"); },
      [](auto* request) { request->clear_payload(); },
      [](auto* request) { request->clear_signature(); },
      [](auto* request) { request->mutable_signature()->pop_back(); },
      [](auto* request) { request->mutable_signature()->push_back('\0'); },
      [](auto* request) { request->mutable_signature()->front() ^= 1; },
      [](auto* request) { request->clear_vantage_key(); },
      [](auto* request) { request->mutable_vantage_key()->pop_back(); },
      [](auto* request) { request->mutable_vantage_key()->push_back('\0'); },
      [](auto* request) { request->mutable_vantage_key()->front() ^= 1; },
      // A key of small order would verify anything.
      [](auto* request) { request->set_vantage_key(std::string(32, '\0')); },
  };
  for (const auto& tamper : tampers) {
    auto request = Request();
    tamper(&request);
    EXPECT_EQ(VerifyRequest(request).code(),
              absl::StatusCode::kUnauthenticated);
  }
  auto unsigned_empty = Request("");
  unsigned_empty.clear_payload();
  EXPECT_FALSE(VerifyRequest(unsigned_empty).ok());
}

TEST_F(Receipt, HonestReceiptIsBelieved) {
  const auto request = Request();
  const auto response = SignReceipt(collector_, For(request));
  const auto receipt =
      VerifyReceipt(collector_.public_key(), request, response);
  ASSERT_TRUE(receipt.ok()) << receipt.status();
  EXPECT_EQ(receipt->status(), v1::RECEIPT_STATUS_STORED);
}

TEST_F(Receipt, SignatureCoversContextAndReceipt) {
  const auto response = SignReceipt(collector_, For(Request()));
  const auto* bytes =
      reinterpret_cast<const std::uint8_t*>(response.receipt().data());
  const auto expected = collector_.Sign("taster receipt v1\n",
                                        {bytes, response.receipt().size()});
  EXPECT_EQ(response.signature(),
            std::string(expected.begin(), expected.end()));
}

TEST_F(Receipt, RelaysWordIsNoReceipt) {
  const auto request = Request();
  const auto denied = absl::StatusCode::kPermissionDenied;
  EXPECT_EQ(CodeOf(request, {}), denied);
  const auto relay = SigningKey::FromSeed(RandomSecret());
  EXPECT_EQ(CodeOf(request, SignReceipt(relay, For(request))), denied);
  // Signed by the vantage point itself.
  EXPECT_EQ(CodeOf(request, SignReceipt(vantage_, For(request))), denied);
  auto response = SignReceipt(collector_, For(request));
  response.mutable_signature()->back() ^= 1;
  EXPECT_EQ(CodeOf(request, response), denied);
  response = SignReceipt(collector_, For(request));
  response.mutable_receipt()->push_back('\0');
  EXPECT_EQ(CodeOf(request, response), denied);
}

TEST_F(Receipt, ReceiptForAnotherBatchIsNone) {
  const auto request = Request();
  const auto denied = absl::StatusCode::kPermissionDenied;
  const std::function<void(v1::Receipt*)> changes[] = {
      [](auto* receipt) { receipt->clear_vantage_key(); },
      [](auto* receipt) { receipt->set_vantage_key(std::string(32, 'x')); },
      [](auto* receipt) { receipt->clear_batch_id(); },
      [](auto* receipt) { receipt->mutable_batch_id()->back() ^= 1; },
      [](auto* receipt) { receipt->clear_payload_hash(); },
      [](auto* receipt) { receipt->mutable_payload_hash()->back() ^= 1; },
  };
  for (const auto& change : changes) {
    auto receipt = For(request);
    change(&receipt);
    EXPECT_EQ(CodeOf(request, SignReceipt(collector_, receipt)), denied);
  }
  // An old receipt for the same id with other bytes.
  const auto old = SignReceipt(collector_, For(Request("other")));
  EXPECT_EQ(CodeOf(request, old), denied);
}

TEST_F(Receipt, SignedRubbishIsNoReceipt) {
  const auto request = Request();
  v1::SubmitBatchResponse response;
  response.set_receipt("\xff\xff\xff");
  const std::uint8_t rubbish[] = {0xff, 0xff, 0xff};
  const auto signature = collector_.Sign(kReceiptContext, rubbish);
  response.set_signature(std::string(signature.begin(), signature.end()));
  EXPECT_EQ(CodeOf(request, response), absl::StatusCode::kPermissionDenied);
}

}  // namespace
}  // namespace taster::envelope
