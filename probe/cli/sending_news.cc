// SPDX-License-Identifier: Apache-2.0
// Remembers how sending goes, and logs it.
#include "probe/cli/sending_news.h"

#include <algorithm>

#include "probe/cli/log.h"
#include "proto/envelope/sign.h"

namespace taster::cli {
namespace {

bool TimeHeals(const absl::Status& failure) {
  return !absl::IsPermissionDenied(failure) &&
         !absl::IsUnauthenticated(failure);
}

void Log(const uplink::Attempt& attempt) {
  switch (attempt.progress) {
    case uplink::Progress::kIdle:
      break;
    case uplink::Progress::kDelivered:
      LogLine(event::kBatchDelivered)
          .Add("batch", envelope::ToHex(attempt.batch.bytes))
          .Add("measurements", attempt.measurements)
          .Info();
      if (attempt.refused > 0) {
        LogLine(event::kMeasurementsRefused)
            .Add("measurements", attempt.refused)
            .Warning();
      }
      break;
    case uplink::Progress::kQuarantined:
      LogLine(event::kBatchQuarantined)
          .Add("batch", envelope::ToHex(attempt.batch.bytes))
          .Add("measurements", attempt.measurements)
          .Warning();
      break;
    case uplink::Progress::kFailed:
      // The code alone: messages may hold the collector's address.
      LogLine(event::kSendFailed)
          .Add("code", absl::StatusCodeToString(attempt.failure.code()))
          .Add("wait_ms", static_cast<std::uint64_t>(attempt.wait.count()))
          .Warning();
      break;
  }
}

}  // namespace

void SendingNews::Note(const uplink::Attempt& attempt) {
  Log(attempt);
  const std::lock_guard guard(mutex_);
  if (attempt.progress == uplink::Progress::kFailed) {
    if (failure_.ok()) failing_since_ = std::chrono::steady_clock::now();
    failure_ = attempt.failure;
    return;
  }
  failure_ = absl::OkStatus();
  if (attempt.progress != uplink::Progress::kDelivered) return;
  refused_ += attempt.refused;
  delivered_ +=
      attempt.measurements - std::min(attempt.measurements, attempt.refused);
}

absl::Status SendingNews::FailedFor(std::chrono::milliseconds patience) const {
  const std::lock_guard guard(mutex_);
  if (failure_.ok() || !TimeHeals(failure_)) return failure_;
  if (std::chrono::steady_clock::now() - failing_since_ < patience) {
    return absl::OkStatus();
  }
  return failure_;
}

std::uint64_t SendingNews::delivered() const {
  const std::lock_guard guard(mutex_);
  return delivered_;
}

std::uint64_t SendingNews::refused() const {
  const std::lock_guard guard(mutex_);
  return refused_;
}

}  // namespace taster::cli
