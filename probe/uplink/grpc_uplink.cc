// SPDX-License-Identifier: Apache-2.0
// One unary call a batch; a failed call ends its connection.
#include <grpcpp/grpcpp.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <utility>

#include "probe/uplink/pin_verifier.h"
#include "probe/uplink/uplink.h"
#include "proto/envelope/receipt.h"
#include "taster/v1/collection.grpc.pb.h"

namespace taster::uplink {
namespace {

// A receipt that refuses all 512 measurements of a batch stays far below.
constexpr int kMaxReceiptBytes = 256 << 10;
constexpr int kMaxRequestBytes = 512 << 10;
constexpr std::size_t kMaxPins = 4;

grpc::ChannelArguments ChannelArgumentsFor(const UplinkOptions& options) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxReceiptBytes);
  arguments.SetMaxSendMessageSize(kMaxRequestBytes);
  arguments.SetCompressionAlgorithm(GRPC_COMPRESS_NONE);
  arguments.SetInt(GRPC_COMPRESSION_CHANNEL_ENABLED_ALGORITHMS_BITSET, 1);
  // The sender decides when to try again.
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
  if (!options.server_name.empty()) {
    arguments.SetSslTargetNameOverride(options.server_name);
  }
  return arguments;
}

std::shared_ptr<grpc::ChannelCredentials> PinnedCredentials(
    const UplinkOptions& options, const MismatchFlag& mismatch) {
  grpc::experimental::TlsChannelCredentialsOptions tls;
  tls.set_verify_server_certs(false);
  tls.set_check_call_host(false);
  tls.set_certificate_verifier(
      grpc::experimental::ExternalCertificateVerifier::Create<PinVerifier>(
          options.pins, mismatch));
  return grpc::experimental::TlsCredentials(tls);
}

class GrpcUplink final : public Uplink {
 public:
  explicit GrpcUplink(UplinkOptions options)
      : options_(std::move(options)),
        mismatch_(std::make_shared<std::atomic<bool>>(false)) {}

  absl::StatusOr<v1::Receipt> Submit(
      const v1::SubmitBatchRequest& request) override {
    if (!stub_) Connect();
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + options_.deadline);
    v1::SubmitBatchResponse response;
    const auto status = stub_->SubmitBatch(&context, request, &response);
    if (status.ok()) {
      return envelope::VerifyReceipt(options_.receipt_key, request, response);
    }
    // A fresh channel has no memory of failures: the next try is a real one.
    stub_.reset();
    if (mismatch_->load()) {
      return absl::PermissionDeniedError(
          "the collector's key is not pinned: nothing was sent");
    }
    return absl::Status(static_cast<absl::StatusCode>(status.error_code()),
                        status.error_message());
  }

 private:
  void Connect() {
    mismatch_->store(false);
    stub_ = v1::Collection::NewStub(grpc::CreateCustomChannel(
        options_.endpoint, PinnedCredentials(options_, mismatch_),
        ChannelArgumentsFor(options_)));
  }

  const UplinkOptions options_;
  const MismatchFlag mismatch_;
  std::unique_ptr<v1::Collection::Stub> stub_;  // Null: not connected.
};

}  // namespace

absl::StatusOr<std::unique_ptr<Uplink>> Uplink::Open(UplinkOptions options) {
  if (options.pins.empty() || options.pins.size() > kMaxPins) {
    return absl::InvalidArgumentError("1 to 4 pins are needed");
  }
  const auto colon = options.endpoint.rfind(':');
  if (colon == 0 || colon == std::string::npos ||
      colon + 1 == options.endpoint.size()) {
    return absl::InvalidArgumentError("the endpoint must be host:port");
  }
  return std::make_unique<GrpcUplink>(std::move(options));
}

}  // namespace taster::uplink
