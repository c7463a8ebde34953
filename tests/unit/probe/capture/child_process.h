// SPDX-License-Identifier: Apache-2.0
// A program that a test starts and that does not outlive it.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "probe/capture/owned_fd.h"
#include "proto/net/endpoint.h"

namespace taster::capture {

class ChildProcess {
 public:
  // Starts `arguments[0]`; output goes to `log_file`. Aborts when it cannot.
  ChildProcess(const std::vector<std::string>& arguments,
               const std::string& log_file);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();

 private:
  OwnedFd input_;  // The end of its standard input that is never written to.
  pid_t pid_ = -1;
};

// A port of 127.0.0.1 that nobody uses just now.
net::Endpoint FreeTcpEndpoint();

// Whether something listens there within ten seconds.
bool AwaitListener(const net::Endpoint& endpoint);

}  // namespace taster::capture
