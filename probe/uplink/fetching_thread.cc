// SPDX-License-Identifier: Apache-2.0
// Fetch, hand out, fetch.
#include "probe/uplink/fetching_thread.h"

#include <algorithm>
#include <random>
#include <utility>

namespace taster::uplink {
namespace {

// A collector that answers at once with nothing must not be asked at once
// again; one that waits as it should is.
constexpr std::chrono::milliseconds kLeastPause{500};
constexpr std::chrono::seconds kLookAgain{1};
// A lease is the collector's word, and may be long.
constexpr std::chrono::seconds kLongestLease{600};

std::uint64_t Seed() {
  std::random_device entropy;
  return static_cast<std::uint64_t>(entropy()) << 32 | entropy();
}

}  // namespace

FetchingThread::FetchingThread(TaskSource* source, FetchingOptions options)
    : source_(source),
      options_(std::move(options)),
      thread_([this] { Loop(); }) {}

FetchingThread::~FetchingThread() {
  {
    const std::lock_guard guard(mutex_);
    stop_ = true;
  }
  source_->Cancel();
  wake_.notify_all();
  thread_.join();
}

std::optional<v1::Task> FetchingThread::Next() {
  std::optional<v1::Task> next;
  {
    const std::lock_guard guard(mutex_);
    const auto now = Clock::now();
    while (!tasks_.empty() && !next) {
      if (tasks_.front().until > now) next = std::move(tasks_.front().task);
      tasks_.pop_front();
    }
    if (!tasks_.empty()) return next;
  }
  wake_.notify_all();
  return next;
}

bool FetchingThread::HasTasks() const {
  const std::lock_guard guard(mutex_);
  return !tasks_.empty();
}

bool FetchingThread::AwaitRoom() {
  std::unique_lock lock(mutex_);
  while (!stop_) {
    // Where nobody takes them, they end here.
    std::erase_if(tasks_, [now = Clock::now()](const Leased& one) {
      return one.until <= now;
    });
    if (tasks_.empty()) return true;
    wake_.wait_for(lock, kLookAgain);
  }
  return false;
}

bool FetchingThread::Rest(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !wake_.wait_for(lock, time, [this] { return stop_; });
}

void FetchingThread::Add(const v1::Lease& lease) {
  const std::chrono::seconds lifetime(std::clamp<std::int64_t>(
      lease.lifetime().seconds(), 0, kLongestLease.count()));
  const auto until = Clock::now() + lifetime;
  const std::lock_guard guard(mutex_);
  for (const v1::Task& task : lease.tasks()) tasks_.push_back({task, until});
}

void FetchingThread::Loop() {
  Backoff backoff(options_.backoff, Seed());
  while (AwaitRoom()) {
    const auto begun = Clock::now();
    const auto lease = source_->Fetch(options_.max_tasks, options_.wait);
    if (lease.ok()) {
      backoff.Reset();
      Add(*lease);
      const bool got = lease->tasks_size() > 0;
      if (got && options_.on_lease) options_.on_lease(lease);
      if (!got && Clock::now() - begun < kLeastPause && !Rest(kLeastPause)) {
        return;
      }
      continue;
    }
    {
      const std::lock_guard guard(mutex_);
      if (stop_) return;
    }
    if (options_.on_lease) options_.on_lease(lease);
    if (!Rest(backoff.Next())) return;
  }
}

}  // namespace taster::uplink
