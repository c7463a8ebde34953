// SPDX-License-Identifier: Apache-2.0
#include "collector/store/child_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace taster::store {
namespace {

constexpr std::size_t kKeptOutput = 16 * 1024;

std::vector<char*> Pointers(const std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (const std::string& word : words) {
    pointers.push_back(const_cast<char*>(word.c_str()));
  }
  pointers.push_back(nullptr);
  return pointers;
}

// What the child starts with: stdin empty, both outputs in `output`, nothing
// else open, no signal blocked or ignored.
class Preparation {
 public:
  explicit Preparation(int output) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null",
                                       O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, output, STDERR_FILENO);
    ::posix_spawn_file_actions_addclosefrom_np(&actions_, 3);
    ::posix_spawnattr_init(&attributes_);
    sigset_t none;
    ::sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    sigset_t all;
    ::sigfillset(&all);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setflags(&attributes_,
                               POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~Preparation() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  Preparation(const Preparation&) = delete;
  Preparation& operator=(const Preparation&) = delete;

  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

// Until the last writer closes.
std::string ReadToEnd(int descriptor) {
  std::string output;
  char buffer[4096];
  while (true) {
    const ssize_t count = ::read(descriptor, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return output;
    output.append(buffer, static_cast<std::size_t>(count));
    if (output.size() > kKeptOutput) {
      output.erase(0, output.size() - kKeptOutput);
    }
  }
}

}  // namespace

absl::StatusOr<Finished> Run(const std::vector<std::string>& argv,
                             const std::vector<std::string>& environment) {
  int pipe_ends[2];
  if (::pipe2(pipe_ends, O_CLOEXEC) != 0) {
    return absl::ResourceExhaustedError("run " + argv[0] + ": " +
                                        std::strerror(errno));
  }
  pid_t child = 0;
  int error = 0;
  {
    const Preparation preparation(pipe_ends[1]);
    error = ::posix_spawnp(&child, argv[0].c_str(), preparation.actions(),
                           preparation.attributes(), Pointers(argv).data(),
                           Pointers(environment).data());
  }
  ::close(pipe_ends[1]);
  if (error != 0) {
    ::close(pipe_ends[0]);
    const std::string message = "run " + argv[0] + ": " + std::strerror(error);
    return error == ENOENT ? absl::NotFoundError(message)
                           : absl::InternalError(message);
  }
  Finished finished;
  finished.output = ReadToEnd(pipe_ends[0]);
  ::close(pipe_ends[0]);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return absl::InternalError("wait for " + argv[0]);
  }
  finished.exit_code =
      WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return finished;
}

std::vector<std::string> EnvironmentWithout(
    const std::vector<std::string>& dropped_prefixes) {
  std::vector<std::string> kept;
  for (char** entry = ::environ; *entry != nullptr; ++entry) {
    const std::string_view variable = *entry;
    if (std::none_of(dropped_prefixes.begin(), dropped_prefixes.end(),
                     [&](const std::string& prefix) {
                       return variable.substr(0, prefix.size()) == prefix;
                     })) {
      kept.emplace_back(variable);
    }
  }
  return kept;
}

std::string LastLines(const std::string& text) {
  constexpr std::size_t kShown = 1024;
  std::string_view tail = text;
  while (!tail.empty() && tail.back() == '\n') tail.remove_suffix(1);
  if (tail.size() <= kShown) return std::string(tail);
  tail.remove_prefix(tail.size() - kShown);
  const std::size_t line = tail.find('\n');
  if (line != std::string_view::npos) tail.remove_prefix(line + 1);
  return std::string(tail);
}

}  // namespace taster::store
