// SPDX-License-Identifier: Apache-2.0
// What applications on this machine would believe: the system's resolver, by
// c-ares, with every datagram that reaches its socket kept.
#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "probe/capture/question.h"
#include "probe/capture/witness.h"

namespace taster::capture {

struct SystemLookupOptions {
  std::chrono::milliseconds window{5000};
  // Servers to use instead of /etc/resolv.conf; empty: the system's.
  std::vector<net::Endpoint> servers;
};

// Same contract as UdpCapture, for questions with `through_system`. c-ares
// closes its socket after the first reply; our socket functions keep it open
// and drain it until the window ends, so that later replies are kept and the
// kernel does not answer them with ICMP.
//
// No TCP: a truncated response is recorded as it is. Each lookup has a port and
// so four sockets of its own: where the process may not open that many files,
// fewer lookups are open at once.
class SystemLookup {
 public:
  static constexpr std::size_t kMaxOpen = 1024;

  // Errors: InvalidArgument (window not within 1 ms to 10 minutes), Internal
  // when c-ares cannot start.
  static absl::StatusOr<std::unique_ptr<SystemLookup>> Open(
      const SystemLookupOptions& options, Witness* witness);
  virtual ~SystemLookup() = default;

  // The one server that is asked is `question.server`; where its port is 0,
  // the first of servers(). False while as many are open or queued as
  // there may be, at most kMaxOpen.
  virtual bool Ask(const Question& question, Token token) = 0;
  virtual absl::Status Run(std::chrono::milliseconds patience) = 0;
  virtual std::size_t open_queries() const = 0;
  virtual void CancelAll() = 0;
  // Servers the system is configured with; empty when it names none.
  virtual std::vector<net::Endpoint> servers() const = 0;
};

}  // namespace taster::capture
