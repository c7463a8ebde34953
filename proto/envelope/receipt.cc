// SPDX-License-Identifier: Apache-2.0
// Who signs what, and what must match before it is believed.
#include "proto/envelope/receipt.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

namespace taster::envelope {
namespace {

std::span<const std::uint8_t> BytesOf(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string TextOf(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::optional<PublicKey> KeyOf(const std::string& bytes) {
  PublicKey key;
  if (bytes.size() != key.size()) return {};
  std::copy(bytes.begin(), bytes.end(), key.begin());
  return key;
}

}  // namespace

const std::string& PayloadOf(const v1::SubmitBatchRequest& request) {
  return request.has_sealed() ? request.sealed() : request.plain();
}

v1::SubmitBatchRequest SignRequest(const SigningKey& key, const BatchId& id,
                                   std::string payload) {
  v1::SubmitBatchRequest request;
  const Hash hash = HashOf(payload);
  request.set_vantage_key(TextOf(key.public_key()));
  request.set_batch_id(TextOf(id.bytes));
  request.set_plain(std::move(payload));
  request.set_signature(TextOf(key.Sign(kBatchContext, hash)));
  return request;
}

absl::Status VerifyRequest(const v1::SubmitBatchRequest& request) {
  const auto key = KeyOf(request.vantage_key());
  if (!key) return absl::UnauthenticatedError("vantage_key is not a key");
  if (request.payload_case() == v1::SubmitBatchRequest::PAYLOAD_NOT_SET) {
    return absl::UnauthenticatedError("no payload that could be signed");
  }
  const Hash hash = HashOf(PayloadOf(request));
  if (!Verify(*key, kBatchContext, hash, BytesOf(request.signature()))) {
    return absl::UnauthenticatedError("signature does not cover the payload");
  }
  return absl::OkStatus();
}

v1::SubmitBatchResponse SignReceipt(const SigningKey& key,
                                    const v1::Receipt& receipt) {
  v1::SubmitBatchResponse response;
  receipt.SerializeToString(response.mutable_receipt());
  response.set_signature(
      TextOf(key.Sign(kReceiptContext, BytesOf(response.receipt()))));
  return response;
}

absl::StatusOr<v1::Receipt> VerifyReceipt(
    const PublicKey& collector_key, const v1::SubmitBatchRequest& request,
    const v1::SubmitBatchResponse& response) {
  if (!Verify(collector_key, kReceiptContext, BytesOf(response.receipt()),
              BytesOf(response.signature()))) {
    return absl::PermissionDeniedError("receipt not signed by the collector");
  }
  v1::Receipt receipt;
  if (!receipt.ParseFromString(response.receipt())) {
    return absl::PermissionDeniedError("signed bytes are not a receipt");
  }
  if (receipt.vantage_key() != request.vantage_key() ||
      receipt.batch_id() != request.batch_id()) {
    return absl::PermissionDeniedError("receipt speaks of another batch");
  }
  if (receipt.payload_hash() != TextOf(HashOf(PayloadOf(request)))) {
    return absl::PermissionDeniedError("receipt speaks of another payload");
  }
  return receipt;
}

}  // namespace taster::envelope
