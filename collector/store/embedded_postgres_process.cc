// SPDX-License-Identifier: Apache-2.0
#include "collector/store/embedded_postgres_process.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "collector/store/child_process.h"

namespace taster::store {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestLog = 8U << 20U;  // Bytes.

// Everything that must hold whatever postgresql.conf says.
std::vector<std::string> Arguments(const EmbeddedLayout& layout) {
  return {(layout.bin_dir / "postgres").string(),
          "-D",
          layout.data_dir.string(),
          "-c",
          "listen_addresses=",
          "-c",
          "port=5432",
          "-c",
          "unix_socket_directories=" + layout.socket_dir.string(),
          "-c",
          "unix_socket_permissions=0700",
          "-c",
          "dynamic_shared_memory_type=mmap",
          "-c",
          "logging_collector=off",
          "-c",
          "fsync=on",
          "-c",
          "full_page_writes=on",
          "-c",
          "synchronous_commit=on"};
}

std::vector<char*> Pointers(std::vector<std::string>* words) {
  std::vector<char*> pointers;
  for (std::string& word : *words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Between fork and exec: only what is safe after a fork in a program with
// threads.
[[noreturn]] void Become(char* const* arguments, char* const* environment,
                         int log, pid_t parent) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGINT);
  // The parent may have died before the line above.
  if (::getppid() != parent) ::_exit(1);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const int empty = ::open("/dev/null", O_RDONLY);
  ::dup2(empty, STDIN_FILENO);
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  ::close_range(3, ~0U, 0);
  ::execve(arguments[0], arguments, environment);
  ::_exit(127);
}

// The log is a supplement: an old one is kept once.
int OpenLog(const fs::path& path) {
  std::error_code ignored;
  if (fs::file_size(path, ignored) > kLargestLog && !ignored) {
    fs::rename(path, path.string() + ".1", ignored);
  }
  return ::open(path.c_str(),
                O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
}

std::string LogTail(const fs::path& path) {
  std::ifstream log(path, std::ios::binary);
  log.seekg(0, std::ios::end);
  const std::streamoff size = log.tellg();
  log.seekg(std::max<std::streamoff>(0, size - 4096));
  std::ostringstream text;
  text << log.rdbuf();
  return LastLines(text.str());
}

}  // namespace

absl::StatusOr<pid_t> StartProcess(const EmbeddedLayout& layout) {
  const int log = OpenLog(layout.log_file);
  if (log < 0) {
    return absl::InternalError("open " + layout.log_file.string() + ": " +
                               std::strerror(errno));
  }
  std::vector<std::string> arguments = Arguments(layout);
  std::vector<std::string> environment =
      EnvironmentWithout({"PG", "LC_", "LANG="});
  environment.push_back("LC_ALL=C.UTF-8");
  const std::vector<char*> argv = Pointers(&arguments);
  const std::vector<char*> envp = Pointers(&environment);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) Become(argv.data(), envp.data(), log, parent);
  ::close(log);
  if (child < 0) {
    return absl::ResourceExhaustedError(std::string("fork: ") +
                                        std::strerror(errno));
  }
  return child;
}

bool HasEnded(pid_t process) {
  siginfo_t info{};
  return ::waitid(P_PID, static_cast<id_t>(process), &info,
                  WEXITED | WNOHANG | WNOWAIT) != 0 ||
         info.si_pid == process;
}

absl::Status AwaitConnections(const EmbeddedLayout& layout, pid_t process,
                              const std::atomic<bool>& stopping) {
  const std::string anybody =
      EmbeddedConnectionString(layout, "postgres", layout.user) +
      " connect_timeout=5";
  const auto deadline =
      std::chrono::steady_clock::now() + std::chrono::minutes(5);
  while (PQping(anybody.c_str()) != PQPING_OK) {
    if (stopping) return absl::CancelledError("stopping");
    if (HasEnded(process)) {
      return absl::InternalError("PostgreSQL ended while starting:\n" +
                                 LogTail(layout.log_file));
    }
    if (std::chrono::steady_clock::now() > deadline) {
      return absl::DeadlineExceededError(
          "PostgreSQL does not take connections:\n" + LogTail(layout.log_file));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return absl::OkStatus();
}

}  // namespace taster::store
