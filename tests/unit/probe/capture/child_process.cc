// SPDX-License-Identifier: Apache-2.0
// posix_spawn, and an end by pid.
#include "tests/unit/probe/capture/child_process.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "probe/capture/socket_address.h"
#include "tests/unit/probe/capture/scripted_server.h"

namespace taster::capture {

ChildProcess::ChildProcess(const std::vector<std::string>& arguments,
                           const std::string& log_file) {
  std::vector<char*> pointers;
  for (const std::string& argument : arguments) {
    pointers.push_back(const_cast<char*>(argument.c_str()));
  }
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  // Standard input stays open and empty: s_server sends what comes there.
  int input[2];
  if (pipe2(input, O_CLOEXEC) != 0) std::abort();
  const OwnedFd theirs(input[0]);
  input_ = OwnedFd(input[1]);
  posix_spawn_file_actions_adddup2(&files, theirs.get(), 0);
  posix_spawn_file_actions_addopen(&files, 1, log_file.c_str(),
                                   O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&files, 1, 2);
  if (posix_spawnp(&pid_, pointers[0], &files, nullptr, pointers.data(),
                   environ) != 0) {
    std::abort();
  }
  posix_spawn_file_actions_destroy(&files);
}

ChildProcess::~ChildProcess() {
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

net::Endpoint FreeTcpEndpoint() {
  net::Endpoint endpoint;
  const OwnedFd closed_again = Listen(1, &endpoint);
  return endpoint;
}

bool AwaitListener(const net::Endpoint& endpoint) {
  SocketAddress address{};
  const socklen_t size = ToSocketAddress(endpoint, &address);
  for (int i = 0; i < 500; ++i) {
    const OwnedFd fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (connect(fd.get(), &address.any, size) == 0) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

}  // namespace taster::capture
