// SPDX-License-Identifier: Apache-2.0
// Attempt, wait, attempt.
#include "probe/uplink/sending_thread.h"

#include <random>
#include <utility>

namespace taster::uplink {
namespace {

// How often an empty spool is looked at.
constexpr std::chrono::milliseconds kIdlePause{200};

}  // namespace

SendingThread::SendingThread(Sender* sender, SendingOptions options)
    : sender_(sender),
      options_(std::move(options)),
      thread_([this] { Loop(); }) {}

SendingThread::~SendingThread() {
  {
    const std::lock_guard guard(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

absl::Status SendingThread::status() const {
  const std::lock_guard guard(mutex_);
  return status_;
}

bool SendingThread::Rest(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !wake_.wait_for(lock, time, [this] { return stop_; });
}

std::chrono::milliseconds SendingThread::Hold() {
  std::random_device entropy;
  std::uniform_int_distribution<std::int64_t> draw(options_.hold_least.count(),
                                                   options_.hold_most.count());
  return std::chrono::milliseconds(draw(entropy));
}

void SendingThread::Loop() {
  if (!Rest(options_.first_wait)) return;
  bool idle = true;
  while (true) {
    if (idle && options_.hold_most.count() > 0 && sender_->HasWork()) {
      if (!Rest(Hold())) return;
    }
    const auto attempt = sender_->SendOldest();
    if (!attempt.ok()) {
      const std::lock_guard guard(mutex_);
      status_ = attempt.status();
      return;
    }
    idle = attempt->progress == Progress::kIdle;
    if (!idle && options_.on_attempt) options_.on_attempt(*attempt);
    if (!Rest(idle ? kIdlePause : attempt->wait)) return;
  }
}

}  // namespace taster::uplink
