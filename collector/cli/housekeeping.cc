// SPDX-License-Identifier: Apache-2.0
#include "collector/cli/housekeeping.h"

#include <chrono>
#include <utility>

#include "collector/cli/log.h"
#include "collector/store/maintain.h"

namespace taster::cli {
namespace {

constexpr auto kInterval = std::chrono::hours(1);
constexpr auto kRetry = std::chrono::minutes(1);

}  // namespace

Housekeeping::Housekeeping(std::string connection)
    : connection_(std::move(connection)), thread_([this] { Run(); }) {}

Housekeeping::~Housekeeping() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Housekeeping::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    const absl::Status status = store::Maintain(connection_);
    if (!status.ok()) {
      LogLine("maintenance_failed")
          .Add("error", std::string(status.message()))
          .Warning();
    }
    lock.lock();
    const auto pause = status.ok() ? std::chrono::seconds(kInterval)
                                   : std::chrono::seconds(kRetry);
    wake_.wait_for(lock, pause, [this] { return stopping_; });
  }
}

}  // namespace taster::cli
