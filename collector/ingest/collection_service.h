// SPDX-License-Identifier: Apache-2.0
// The gRPC face of the collector: one unary, idempotent method.
#pragma once

#include <functional>
#include <utility>

#include "collector/ingest/reception.h"
#include "collector/ingest/vantage.h"
#include "collector/store/writer.h"
#include "proto/envelope/sign.h"
#include "taster/v1/collection.grpc.pb.h"

namespace taster::ingest {

// Everything the service needs from outside; all of it outlives the service.
struct ServiceEdges {
  FindVantage find_vantage;
  std::function<store::Time()> now;
  // Takes judged batches to the database.
  store::Writer* writer = nullptr;
  const envelope::SigningKey* receipt_key = nullptr;
  Bench bench;
  // Called after a batch was committed, before its receipt is sent.
  std::function<void(const News&)> on_stored;
};

// Callback API: gRPC's threads check, dissect and judge; the writer's thread
// signs the receipt after COMMIT and finishes the call.
class CollectionService final : public v1::Collection::CallbackService {
 public:
  explicit CollectionService(ServiceEdges edges) : edges_(std::move(edges)) {}

  grpc::ServerUnaryReactor* SubmitBatch(
      grpc::CallbackServerContext* context,
      const v1::SubmitBatchRequest* request,
      v1::SubmitBatchResponse* response) override;

 private:
  // The receipt goes into `response`; the reactor is finished exactly once.
  void Store(Ready ready, grpc::ServerUnaryReactor* reactor,
             v1::SubmitBatchResponse* response);
  void Answer(v1::Receipt receipt, grpc::ServerUnaryReactor* reactor,
              v1::SubmitBatchResponse* response) const;

  ServiceEdges edges_;
};

}  // namespace taster::ingest
