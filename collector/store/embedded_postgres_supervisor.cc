// SPDX-License-Identifier: Apache-2.0
#include "collector/store/embedded_postgres_supervisor.h"

#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <future>
#include <utility>

#include "collector/store/embedded_postgres_process.h"
#include "collector/store/embedded_postgres_stray.h"

namespace taster::store {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstPause{100};
constexpr milliseconds kLongestPause{5000};

}  // namespace

PostgresSupervisor::PostgresSupervisor(EmbeddedLayout layout)
    : layout_(std::move(layout)) {
  std::promise<absl::Status> started;
  std::future<absl::Status> first_start = started.get_future();
  thread_ = std::thread([this, started = std::move(started)]() mutable {
    const absl::Status status = Start();
    started.set_value(status);
    if (status.ok()) Supervise();
  });
  first_start_ = first_start.get();
}

PostgresSupervisor::~PostgresSupervisor() {
  stopping_ = true;
  changed_.notify_all();
  Signal(SIGINT);
  {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, std::chrono::minutes(1),
                           [this] { return server_ == 0; })) {
      ::kill(server_, SIGQUIT);
    }
  }
  thread_.join();
}

void PostgresSupervisor::Supervise() {
  while (true) {
    Reap();
    if (!stopping_) ++restarts_;
    milliseconds pause = kFirstPause;
    while (!stopping_ && !Start().ok()) {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, pause, [this] { return stopping_.load(); });
      pause = std::min(2 * pause, kLongestPause);
    }
    // A stop that came while it was starting had nobody to signal.
    if (stopping_) {
      Signal(SIGINT);
      Reap();
      return;
    }
  }
}

absl::Status PostgresSupervisor::Start() {
  absl::Status status = StopStrays(layout_.data_dir);
  if (!status.ok()) return status;
  const auto server = StartProcess(layout_);
  if (!server.ok()) return server.status();
  {
    const std::lock_guard lock(mutex_);
    server_ = *server;
  }
  status = AwaitConnections(layout_, *server, stopping_);
  if (!status.ok()) {
    Signal(SIGQUIT);
    Reap();
  }
  return status;
}

void PostgresSupervisor::Reap() {
  pid_t server = 0;
  {
    const std::lock_guard lock(mutex_);
    server = server_;
  }
  if (server == 0) return;
  siginfo_t info{};
  while (::waitid(P_PID, static_cast<id_t>(server), &info, WEXITED | WNOWAIT) !=
             0 &&
         errno == EINTR) {
  }
  // Nobody signals the number once it is free for another process.
  const std::lock_guard lock(mutex_);
  ::waitpid(server, nullptr, 0);
  server_ = 0;
  changed_.notify_all();
}

void PostgresSupervisor::Signal(int signal) {
  const std::lock_guard lock(mutex_);
  if (server_ != 0) ::kill(server_, signal);
}

}  // namespace taster::store
