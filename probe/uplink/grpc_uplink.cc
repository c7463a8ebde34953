// SPDX-License-Identifier: Apache-2.0
// One unary call a batch; a failed call ends its connection.
#include <grpcpp/grpcpp.h>

#include <utility>

#include "probe/uplink/pinned_channel.h"
#include "probe/uplink/uplink.h"
#include "proto/envelope/receipt.h"
#include "taster/v1/collection.grpc.pb.h"

namespace taster::uplink {
namespace {

class GrpcUplink final : public Uplink {
 public:
  explicit GrpcUplink(UplinkOptions options)
      : options_(std::move(options)),
        mismatch_(std::make_shared<std::atomic<bool>>(false)) {}

  absl::StatusOr<v1::Receipt> Submit(
      const v1::SubmitBatchRequest& request) override {
    if (!stub_) {
      stub_ = v1::Collection::NewStub(MakePinnedChannel(options_, mismatch_));
    }
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + options_.deadline);
    v1::SubmitBatchResponse response;
    const auto status = stub_->SubmitBatch(&context, request, &response);
    if (status.ok()) {
      return envelope::VerifyReceipt(options_.receipt_key, request, response);
    }
    // A fresh channel has no memory of failures: the next try is a real one.
    stub_.reset();
    return FailureOf(status, mismatch_);
  }

 private:
  const UplinkOptions options_;
  const MismatchFlag mismatch_;
  std::unique_ptr<v1::Collection::Stub> stub_;  // Null: not connected.
};

}  // namespace

absl::StatusOr<std::unique_ptr<Uplink>> Uplink::Open(UplinkOptions options) {
  if (auto status = CheckUplinkOptions(options); !status.ok()) return status;
  return std::make_unique<GrpcUplink>(std::move(options));
}

}  // namespace taster::uplink
