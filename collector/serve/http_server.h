// SPDX-License-Identifier: Apache-2.0
// The socket in front of Web: HTTP/1.1 on loopback, one request a connection.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "absl/status/statusor.h"
#include "collector/serve/exchange.h"
#include "proto/net/endpoint.h"

namespace taster::serve {

struct HttpOptions {
  net::Endpoint endpoint;
  std::size_t threads = 8;
  // Connections that wait for a thread; more wait in the kernel.
  std::size_t waiting = 64;
};

// Answers from construction to destruction.
class HttpServer {
 public:
  using Respond = std::function<Answer(const Request&)>;

  // Unavailable when the address cannot be had. `respond` is called by several
  // threads.
  static absl::StatusOr<std::unique_ptr<HttpServer>> Start(
      const HttpOptions& options, Respond respond);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::uint16_t port() const;

 private:
  class Listener;
  explicit HttpServer(std::unique_ptr<Listener> listener);

  std::unique_ptr<Listener> listener_;
};

}  // namespace taster::serve
