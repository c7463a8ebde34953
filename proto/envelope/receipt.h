// SPDX-License-Identifier: Apache-2.0
// Signed requests and signed receipts: what each end checks before it trusts
// the other's word.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "proto/envelope/batch_id.h"
#include "proto/envelope/sign.h"
#include "taster/v1/collection.pb.h"

namespace taster::envelope {

// The payload bytes of a request, plain or sealed; empty when it has none.
const std::string& PayloadOf(const v1::SubmitBatchRequest& request);

// A request for `payload` (a serialised Batch), signed by the vantage's key.
v1::SubmitBatchRequest SignRequest(const SigningKey& key, const BatchId& id,
                                   std::string payload);

// Unauthenticated unless key and signature are well formed and the signature
// covers the payload. Says nothing about enrolment.
absl::Status VerifyRequest(const v1::SubmitBatchRequest& request);

// Serialises and signs.
v1::SubmitBatchResponse SignReceipt(const SigningKey& key,
                                    const v1::Receipt& receipt);

// The receipt inside `response`, iff `collector_key` signed it and it speaks
// of exactly this vantage, batch and payload. PermissionDenied otherwise: a
// relay's word is no receipt.
absl::StatusOr<v1::Receipt> VerifyReceipt(
    const PublicKey& collector_key, const v1::SubmitBatchRequest& request,
    const v1::SubmitBatchResponse& response);

}  // namespace taster::envelope
