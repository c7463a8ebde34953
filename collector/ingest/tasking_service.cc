// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/tasking_service.h"

#include <algorithm>

#include "collector/ingest/call_checks.h"
#include "collector/ingest/leases.h"
#include "proto/envelope/lease.h"

namespace taster::ingest {
namespace {

using std::chrono::milliseconds;

// An answer at the very deadline would not arrive.
constexpr milliseconds kWayBack{200};

}  // namespace

absl::StatusOr<Poll> TaskingService::Admit(
    const grpc::CallbackServerContext& context,
    const v1::FetchTasksRequest& request) const {
  if (absl::Status status = CheckDeadline(context); !status.ok()) return status;
  const auto vantage = FindCaller(request.vantage_key(), edges_.find_vantage);
  if (!vantage.ok()) return vantage.status();
  auto query = envelope::VerifyTaskQuery(request);
  if (!query.ok()) return query.status();
  if (vantage->role != Role::kControl) {
    return absl::PermissionDeniedError("only controls are given tasks");
  }
  if (absl::Status status = CheckTaskQuery(*query, edges_.now());
      !status.ok()) {
    return status;
  }
  const milliseconds wish(query->wait().seconds() * 1000 +
                          query->wait().nanos() / 1'000'000);
  return Poll{.control = vantage->id,
              .vantage_key = request.vantage_key(),
              .query = *std::move(query),
              .patience = std::min(wish, TimeLeft(context) - kWayBack)};
}

grpc::ServerUnaryReactor* TaskingService::FetchTasks(
    grpc::CallbackServerContext* context, const v1::FetchTasksRequest* request,
    v1::FetchTasksResponse* response) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  auto poll = Admit(*context, *request);
  if (!poll.ok()) {
    reactor->Finish(ToGrpc(poll.status()));
    return reactor;
  }
  edges_.desk->Ask(*std::move(poll),
                   [this, reactor, response](absl::StatusOr<v1::Lease> lease) {
                     if (!lease.ok()) {
                       reactor->Finish(ToGrpc(lease.status()));
                       return;
                     }
                     *response =
                         envelope::SignLease(*edges_.receipt_key, *lease);
                     reactor->Finish(grpc::Status::OK);
                   });
  return reactor;
}

}  // namespace taster::ingest
