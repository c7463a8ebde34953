// SPDX-License-Identifier: Apache-2.0
#include "collector/store/embedded_postgres_stray.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <csignal>
#include <fstream>
#include <string>
#include <thread>

namespace taster::store {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;
using std::chrono::steady_clock;

bool AwaitNone(const fs::path& data_dir, seconds patience) {
  const auto deadline = steady_clock::now() + patience;
  while (!ServerProcesses(data_dir).empty()) {
    if (steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

// The server's first process, as its lock file has it; 0 without one.
pid_t Postmaster(const fs::path& data_dir) {
  pid_t postmaster = 0;
  std::ifstream(data_dir / "postmaster.pid") >> postmaster;
  return postmaster;
}

}  // namespace

std::vector<pid_t> ServerProcesses(const fs::path& data_dir) {
  std::vector<pid_t> found;
  std::error_code error;
  const fs::path real_dir = fs::canonical(data_dir, error);
  if (error) return found;
  for (const auto& entry : fs::directory_iterator("/proc", error)) {
    const std::string name = entry.path().filename();
    pid_t pid = 0;
    const auto parsed =
        std::from_chars(name.data(), name.data() + name.size(), pid);
    if (parsed.ec != std::errc() || *parsed.ptr != '\0') continue;
    // Other users' links cannot be read, and are not ours to stop.
    std::error_code gone;
    const fs::path program = fs::read_symlink(entry.path() / "exe", gone);
    // The second when a new version was installed meanwhile.
    if (gone || (program.filename() != "postgres" &&
                 program.filename() != "postgres (deleted)")) {
      continue;
    }
    if (fs::read_symlink(entry.path() / "cwd", gone) == real_dir && !gone) {
      found.push_back(pid);
    }
  }
  return found;
}

absl::Status StopStrays(const fs::path& data_dir) {
  struct Attempt {
    int signal;
    bool to_all;
    seconds patience;
  };
  // Fast shutdown; then immediate, which the next start recovers from. Where
  // the postmaster is gone, nothing that its children do can be kept.
  constexpr std::array<Attempt, 3> kAttempts = {
      Attempt{SIGINT, false, seconds(10)}, Attempt{SIGQUIT, true, seconds(5)},
      Attempt{SIGKILL, true, seconds(5)}};
  for (const Attempt& attempt : kAttempts) {
    const std::vector<pid_t> running = ServerProcesses(data_dir);
    if (running.empty()) break;
    const pid_t postmaster = Postmaster(data_dir);
    const bool is_orphaned =
        std::find(running.begin(), running.end(), postmaster) == running.end();
    if (is_orphaned && !attempt.to_all) continue;
    for (const pid_t pid : running) {
      if (attempt.to_all || pid == postmaster) ::kill(pid, attempt.signal);
    }
    if (AwaitNone(data_dir, attempt.patience)) break;
  }
  if (!ServerProcesses(data_dir).empty()) {
    return absl::DeadlineExceededError("an earlier PostgreSQL on " +
                                       data_dir.string() + " does not stop");
  }
  std::error_code ignored;
  fs::remove(data_dir / "postmaster.pid", ignored);
  return absl::OkStatus();
}

}  // namespace taster::store
