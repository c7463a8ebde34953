// SPDX-License-Identifier: Apache-2.0
// One unary call that waits at the collector.
#include <grpcpp/grpcpp.h>

#include <array>
#include <mutex>
#include <string>
#include <utility>

#include "probe/uplink/pinned_channel.h"
#include "probe/uplink/task_source.h"
#include "proto/envelope/lease.h"
#include "taster/v1/tasking.grpc.pb.h"

namespace taster::uplink {
namespace {

std::string NewLeaseId() {
  std::array<std::uint8_t, envelope::kLeaseIdBytes> id{};
  envelope::FillRandom(id);
  return {id.begin(), id.end()};
}

class GrpcTaskSource final : public TaskSource {
 public:
  GrpcTaskSource(UplinkOptions options, envelope::SigningKey key)
      : options_(std::move(options)),
        key_(std::move(key)),
        mismatch_(std::make_shared<std::atomic<bool>>(false)) {}

  absl::StatusOr<v1::Lease> Fetch(std::uint32_t max_tasks,
                                  std::chrono::milliseconds wait) override {
    if (!stub_) {
      stub_ = v1::Tasking::NewStub(MakePinnedChannel(options_, mismatch_));
    }
    const auto request = envelope::SignTaskQuery(key_, Query(max_tasks, wait));
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + options_.deadline +
                         wait);
    if (!Begin(&context)) return absl::CancelledError("cancelled");
    v1::FetchTasksResponse response;
    const auto status = stub_->FetchTasks(&context, request, &response);
    End();
    if (!status.ok()) {
      stub_.reset();
      return FailureOf(status, mismatch_);
    }
    auto lease = envelope::VerifyLease(options_.receipt_key, request, response);
    if (lease.ok()) lease_id_ = NewLeaseId();
    return lease;
  }

  void Cancel() override {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
    if (context_ != nullptr) context_->TryCancel();
  }

 private:
  v1::TaskQuery Query(std::uint32_t max_tasks,
                      std::chrono::milliseconds wait) const {
    const auto now = std::chrono::floor<std::chrono::seconds>(
        std::chrono::system_clock::now());
    v1::TaskQuery query;
    query.set_lease_id(lease_id_);
    query.mutable_request_time()->set_seconds(now.time_since_epoch().count());
    query.set_max_tasks(max_tasks);
    query.mutable_wait()->set_seconds(wait.count() / 1000);
    query.mutable_wait()->set_nanos(
        static_cast<std::int32_t>(wait.count() % 1000 * 1'000'000));
    return query;
  }

  // False when cancelled.
  bool Begin(grpc::ClientContext* context) {
    const std::lock_guard lock(mutex_);
    if (cancelled_) return false;
    context_ = context;
    return true;
  }
  void End() {
    const std::lock_guard lock(mutex_);
    context_ = nullptr;
  }

  const UplinkOptions options_;
  const envelope::SigningKey key_;
  const MismatchFlag mismatch_;
  std::string lease_id_ = NewLeaseId();
  std::unique_ptr<v1::Tasking::Stub> stub_;  // Null: not connected.
  std::mutex mutex_;
  bool cancelled_ = false;                  // Guarded by it.
  grpc::ClientContext* context_ = nullptr;  // Likewise; null: no call.
};

}  // namespace

absl::StatusOr<std::unique_ptr<TaskSource>> TaskSource::Open(
    UplinkOptions options, envelope::SigningKey key) {
  if (auto status = CheckUplinkOptions(options); !status.ok()) return status;
  return std::make_unique<GrpcTaskSource>(std::move(options), std::move(key));
}

}  // namespace taster::uplink
