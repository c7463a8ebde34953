// SPDX-License-Identifier: Apache-2.0
// What the collector asks a control to look at, fetched beside everything else.
#include "probe/cli/log.h"
#include "probe/cli/secret.h"
#include "probe/cli/station.h"
#include "probe/plan/task.h"

namespace taster::cli {
namespace {

// A lease has as many tasks as can be asked within this, so that each is asked
// and recorded well before its lease ends.
constexpr std::chrono::seconds kLeaseTime{10};

void LogLease(const absl::StatusOr<v1::Lease>& lease) {
  if (lease.ok()) {
    LogLine(event::kTasksLeased)
        .Add("tasks", static_cast<std::uint64_t>(lease->tasks_size()))
        .Info();
    return;
  }
  LogLine(event::kTasksFailed)
      .Add("code", absl::StatusCodeToString(lease.status().code()))
      .Warning();
}

}  // namespace

std::optional<Refusal> Station::StartFetching() {
  const auto secret = LoadOrCreateSecret(config_.state_dir);
  if (!secret.ok()) {
    return Refusal{kBadConfiguration, std::string(secret.status().message())};
  }
  auto source = edges_.open_task_source(
      config_.collector,
      envelope::SigningKey::ForVantage(*secret, config_.network()));
  if (!source.ok()) {
    return Refusal{kBadConfiguration, std::string(source.status().message())};
  }
  task_source_ = *std::move(source);
  fetching_ = std::make_unique<uplink::FetchingThread>(
      task_source_.get(),
      uplink::FetchingOptions{
          .max_tasks = plan::TasksWithin(config_.plan, kLeaseTime),
          .backoff = BackoffFor(config_.plan.profile),
          .on_lease = LogLease});
  return {};
}

bool Station::HasTasks() const { return fetching_ && fetching_->HasTasks(); }

std::optional<plan::Task> Station::NextTask() {
  while (auto leased = fetching_->Next()) {
    if (auto task = plan::AdmitTask(config_.plan, *leased)) return task;
    // Its lease ends, and another control may be allowed to.
    LogLine(event::kTaskRefused).Warning();
  }
  return {};
}

}  // namespace taster::cli
