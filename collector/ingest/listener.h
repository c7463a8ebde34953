// SPDX-License-Identifier: Apache-2.0
// Accepts TCP connections for gRPC, since gRPC 1.51 stops accepting for good
// after one shortage of file descriptors.
#pragma once

#include <grpcpp/grpcpp.h>

#include <cstdint>
#include <memory>
#include <thread>

#include "absl/status/statusor.h"
#include "proto/net/endpoint.h"

namespace taster::ingest {

// A listening socket and the thread that accepts on it. When descriptors run
// out it waits until some are free, and goes on.
class Listener {
 public:
  // Unavailable when the address is in use or not ours.
  static absl::StatusOr<std::unique_ptr<Listener>> Bind(
      const net::Endpoint& endpoint);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // The port that was bound, where the endpoint's was 0.
  std::uint16_t port() const { return port_; }

  // Hands every accepted connection to `acceptor` until this object dies.
  void Serve(
      std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor);

 private:
  Listener(int fd, std::uint16_t port) : fd_(fd), port_(port) {}
  void AcceptLoop();

  int fd_;
  std::uint16_t port_;
  int wake_fd_ = -1;
  std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor_;
  std::thread thread_;
};

}  // namespace taster::ingest
