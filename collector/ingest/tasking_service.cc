// SPDX-License-Identifier: Apache-2.0
#include "collector/ingest/tasking_service.h"

#include <algorithm>
#include <string>

#include "collector/ingest/call_checks.h"
#include "collector/ingest/leases.h"
#include "proto/envelope/lease.h"

namespace taster::ingest {
namespace {

using std::chrono::milliseconds;

// An answer at the very deadline would not arrive.
constexpr milliseconds kWayBack{200};

// One call that waits at the desk, and leaves it when its control does.
class Waiting final : public grpc::ServerUnaryReactor {
 public:
  Waiting(TaskDesk* desk, const Poll& poll)
      : desk_(desk), control_(poll.control), id_(poll.query.lease_id()) {}

  void OnCancel() override { desk_->Withdraw(control_, id_); }
  void OnDone() override { delete this; }

 private:
  TaskDesk* const desk_;
  const std::int64_t control_;
  const std::string id_;
};

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
  auto poll = Admit(*context, *request);
  if (!poll.ok()) {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(ToGrpc(poll.status()));
    return reactor;
  }
  // Deletes itself.
  grpc::ServerUnaryReactor* reactor = new Waiting(edges_.desk, *poll);
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
