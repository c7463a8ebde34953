// SPDX-License-Identifier: Apache-2.0
// Runs the services over TLS.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "collector/ingest/collection_service.h"
#include "collector/ingest/identity.h"
#include "collector/ingest/tasking_service.h"
#include "proto/net/endpoint.h"

namespace taster::ingest {

// Serves from construction to destruction. The services and the identity must
// outlive it.
class Server {
 public:
  // `tasking` may be null: then nobody is given tasks.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      const net::Endpoint& endpoint, const Identity& identity,
      CollectionService* collection, TaskingService* tasking);
  virtual ~Server() = default;

  virtual std::uint16_t port() const = 0;
  // Takes no new calls, waits up to `grace` for the ones under way.
  virtual void Drain(std::chrono::milliseconds grace) = 0;
};

}  // namespace taster::ingest
