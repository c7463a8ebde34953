// SPDX-License-Identifier: Apache-2.0
// TLS, limits, and no retries but the caller's.
#include "probe/uplink/pinned_channel.h"

#include <grpcpp/security/credentials.h>
#include <grpcpp/security/tls_credentials_options.h>

namespace taster::uplink {
namespace {

// A receipt that refuses all 512 measurements of a batch stays far below, and
// so does a lease of 500 names.
constexpr int kMaxAnswerBytes = 256 << 10;
constexpr int kMaxRequestBytes = 512 << 10;
constexpr std::size_t kMaxPins = 4;

grpc::ChannelArguments ChannelArgumentsFor(const UplinkOptions& options) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxAnswerBytes);
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

}  // namespace

absl::Status CheckUplinkOptions(const UplinkOptions& options) {
  if (options.pins.empty() || options.pins.size() > kMaxPins) {
    return absl::InvalidArgumentError("1 to 4 pins are needed");
  }
  const auto colon = options.endpoint.rfind(':');
  if (colon == 0 || colon == std::string::npos ||
      colon + 1 == options.endpoint.size()) {
    return absl::InvalidArgumentError("the endpoint must be host:port");
  }
  return absl::OkStatus();
}

std::shared_ptr<grpc::Channel> MakePinnedChannel(const UplinkOptions& options,
                                                 const MismatchFlag& mismatch) {
  mismatch->store(false);
  return grpc::CreateCustomChannel(options.endpoint,
                                   PinnedCredentials(options, mismatch),
                                   ChannelArgumentsFor(options));
}

absl::Status FailureOf(const grpc::Status& status,
                       const MismatchFlag& mismatch) {
  if (mismatch->load()) {
    return absl::PermissionDeniedError(
        "the collector's key is not pinned: nothing was sent");
  }
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()),
                      status.error_message());
}

}  // namespace taster::uplink
