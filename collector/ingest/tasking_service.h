// SPDX-License-Identifier: Apache-2.0
// The gRPC face of the task desk: one unary, idempotent method for controls.
#pragma once

#include <functional>
#include <utility>

#include "collector/ingest/task_desk.h"
#include "collector/ingest/vantage.h"
#include "proto/envelope/sign.h"
#include "taster/v1/tasking.grpc.pb.h"

namespace taster::ingest {

// Everything the service needs from outside; all of it outlives the service.
struct TaskingEdges {
  FindVantage find_vantage;
  std::function<store::Time()> now;
  TaskDesk* desk = nullptr;
  const envelope::SigningKey* receipt_key = nullptr;
};

// Callback API: whoever has to wait does so at the desk, and holds no thread.
class TaskingService final : public v1::Tasking::CallbackService {
 public:
  explicit TaskingService(TaskingEdges edges) : edges_(std::move(edges)) {}

  grpc::ServerUnaryReactor* FetchTasks(
      grpc::CallbackServerContext* context,
      const v1::FetchTasksRequest* request,
      v1::FetchTasksResponse* response) override;

 private:
  // Cheap checks first: enrolment, signature, role, then what the query says.
  absl::StatusOr<Poll> Admit(const grpc::CallbackServerContext& context,
                             const v1::FetchTasksRequest& request) const;

  TaskingEdges edges_;
};

}  // namespace taster::ingest
