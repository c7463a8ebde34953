// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/server.h"

#include <grpcpp/grpcpp.h>
#include <grpcpp/resource_quota.h>

#include <string>
#include <utility>

#include "collector/ingest/listener.h"

namespace taster::ingest {
namespace {

constexpr int kMaxMessageBytes = 1 << 20;
constexpr int kMaxStreamsPerConnection = 32;
constexpr std::size_t kMaxBufferBytes = 256u << 20;
constexpr int kMaxThreads = 32;

std::shared_ptr<grpc::ServerCredentials> Credentials(const Identity& identity) {
  grpc::SslServerCredentialsOptions options(
      GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE);
  options.pem_key_cert_pairs.push_back(
      {identity.private_key_pem, identity.certificate_pem});
  return grpc::SslServerCredentials(options);
}

// What keeps one hostile client from taking the whole process; the reasons
// are in the room's README.
void Limit(grpc::ServerBuilder& builder) {
  grpc::ResourceQuota quota("ingest");
  quota.Resize(kMaxBufferBytes);
  quota.SetMaxThreads(kMaxThreads);
  builder.SetResourceQuota(quota);
  builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS,
                             kMaxStreamsPerConnection);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, 8 * 1024);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, 300'000);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, 1'800'000);
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, 10'000);
  for (const auto algorithm : {GRPC_COMPRESS_DEFLATE, GRPC_COMPRESS_GZIP}) {
    builder.SetCompressionAlgorithmSupportStatus(algorithm, false);
  }
}

class GrpcServer final : public Server {
 public:
  GrpcServer(std::unique_ptr<Listener> listener,
             std::unique_ptr<grpc::Server> server)
      : listener_(std::move(listener)), server_(std::move(server)) {}
  ~GrpcServer() override {
    listener_.reset();
    server_->Shutdown(std::chrono::system_clock::now());
    server_->Wait();
  }

  std::uint16_t port() const override { return port_; }
  void RememberPort() { port_ = listener_->port(); }

  void Drain(std::chrono::milliseconds grace) override {
    listener_.reset();
    server_->Shutdown(std::chrono::system_clock::now() + grace);
  }

 private:
  std::unique_ptr<Listener> listener_;
  std::unique_ptr<grpc::Server> server_;
  std::uint16_t port_ = 0;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    const net::Endpoint& endpoint, const Identity& identity,
    CollectionService* collection, TaskingService* tasking) {
  auto listener = Listener::Bind(endpoint);
  if (!listener.ok()) return listener.status();

  grpc::ServerBuilder builder;
  Limit(builder);
  builder.RegisterService(collection);
  if (tasking != nullptr) builder.RegisterService(tasking);
  auto acceptor = builder.experimental().AddExternalConnectionAcceptor(
      grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD,
      Credentials(identity));
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) {
    return absl::InternalError("gRPC did not start");
  }
  (*listener)->Serve(std::move(acceptor));
  auto started =
      std::make_unique<GrpcServer>(*std::move(listener), std::move(server));
  started->RememberPort();
  return started;
}

}  // namespace taster::ingest
