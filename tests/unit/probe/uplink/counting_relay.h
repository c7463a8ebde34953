// SPDX-License-Identifier: Apache-2.0
// A TCP relay on loopback that counts what the client sends.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>

namespace taster::uplink {

class CountingRelay {
 public:
  explicit CountingRelay(int to_port);
  ~CountingRelay();
  CountingRelay(const CountingRelay&) = delete;
  CountingRelay& operator=(const CountingRelay&) = delete;

  int port() const { return port_; }
  std::uint64_t client_bytes() const { return client_bytes_; }

 private:
  void Serve();
  void Relay(int client);

  const int to_port_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<std::uint64_t> client_bytes_{0};
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace taster::uplink
