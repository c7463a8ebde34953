// SPDX-License-Identifier: Apache-2.0
// Opens the engine.
#include "probe/capture/udp_capture.h"

#include <sys/epoll.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "probe/capture/udp_engine.h"

namespace taster::capture {

absl::StatusOr<std::unique_ptr<UdpCapture>> UdpCapture::Open(
    const UdpCaptureOptions& options, Witness* witness) {
  using std::chrono::milliseconds;
  if (options.ports < 1 || options.ports > kMaxPorts) {
    return absl::InvalidArgumentError("ports must be 1 to 64");
  }
  if (options.window <= milliseconds(0) || options.window > kMaxWindow) {
    return absl::InvalidArgumentError("window must be 1 ms to 10 minutes");
  }
  std::vector<PortSockets> ports;
  for (int i = 0; i < options.ports; ++i) {
    auto sockets = OpenPortSockets(options);
    if (!sockets.ok()) return sockets.status();
    ports.push_back(*std::move(sockets));
  }
  OwnedFd poll(epoll_create1(EPOLL_CLOEXEC));
  if (!poll) {
    return absl::ResourceExhaustedError(std::string("open epoll: ") +
                                        std::strerror(errno));
  }
  auto engine = std::make_unique<UdpEngine>(options, std::move(ports),
                                            std::move(poll), witness);
  if (absl::Status watched = engine->Watch(); !watched.ok()) return watched;
  return engine;
}

}  // namespace taster::capture
